export interface WorkLeasesTable {
  work: string;
  item: number;
  lease_until: Date;
}
