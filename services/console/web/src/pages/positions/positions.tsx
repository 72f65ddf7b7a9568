import { useQuery } from '@tanstack/react-query';
import { positionsQuery } from '../../api/queries.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { Page } from '../../parts/page.tsx';
import { PositionTable } from './position-table.tsx';

/** What strategies hold, over all accounts. */
export function Positions() {
  const query = useQuery(positionsQuery);
  return (
    <Page title="Positions">
      <Asked query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing title="No strategy holds anything">
              A position appears here with the first fill, and goes when it is flat.
            </Nothing>
          ) : (
            <PositionTable rows={rows} />
          )
        }
      </Asked>
    </Page>
  );
}
