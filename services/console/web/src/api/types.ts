import type {
  accountQuery,
  accountsQuery,
  alertsQuery,
  auditQuery,
  brakesQuery,
  candidatesQuery,
  closingsQuery,
  orderQuery,
  ordersQuery,
  positionsQuery,
  signalQuery,
  signalsQuery,
  squareOffPreviewQuery,
  squareOffsQuery,
  strategiesQuery,
  strategyFormQuery,
  strategyQuery,
  todayQuery,
} from './queries.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever its context is
type Asked<Options> = Options extends { queryFn?: any }
  ? Exclude<Options['queryFn'], symbol | undefined> extends (context: never) => infer Answer
    ? Awaited<Answer>
    : never
  : never;

type RowOf<Page> = Page extends { rows: (infer Row)[] } ? Row : never;

export type ListedStrategy = Asked<typeof strategiesQuery>[number];
export type Strategy = Asked<ReturnType<typeof strategyQuery>>;
export type StrategyForm = Asked<typeof strategyFormQuery>;
export type Mapping = Strategy['mappings'][number];
export type Position = Asked<typeof positionsQuery>[number];
export type Account = Asked<typeof accountsQuery>[number];
export type AccountDetail = Asked<ReturnType<typeof accountQuery>>;
export type Brake = Asked<typeof brakesQuery>[number];
export type SignalStory = Asked<ReturnType<typeof signalQuery>>;
export type OrderStory = Asked<ReturnType<typeof orderQuery>>;
export type BookRow = Asked<ReturnType<typeof candidatesQuery>>[number];
export type Order = RowOf<Asked<ReturnType<typeof ordersQuery>>>;
export type Signal = RowOf<Asked<ReturnType<typeof signalsQuery>>>;
export type SquareOffPreview = Asked<ReturnType<typeof squareOffPreviewQuery>>;
export type SquareOff = RowOf<Asked<ReturnType<typeof squareOffsQuery>>>;
export type Closing = RowOf<Asked<ReturnType<typeof closingsQuery>>>;
export type Alert = RowOf<Asked<typeof alertsQuery>>;
export type AuditLine = RowOf<Asked<ReturnType<typeof auditQuery>>>;
export type Today = Asked<typeof todayQuery>;
