/** The number by which people know a cluster: the one in assignments.csv, where 0 is the first. */
export function clusterNumber(cluster: number): number {
  return cluster;
}
