import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { orderQuery } from '../../api/queries.ts';
import { Asked } from '../../parts/asked.tsx';
import { Page } from '../../parts/page.tsx';
import { OrderStoryView } from './order-story.tsx';

export function OrderPage() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  const query = useQuery(orderQuery(id));
  return (
    <Page title="Order">
      <Asked query={query}>{(order) => <OrderStoryView order={order} />}</Asked>
    </Page>
  );
}
