/** The number by which people know a cluster: 1 is the first. */
export function clusterNumber(cluster: number): number {
  return cluster + 1;
}
