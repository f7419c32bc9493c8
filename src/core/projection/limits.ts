/** Series of UMAP: its library makes the graph in one stretch, which takes seconds for as many. */
export const UMAP_LIMIT = 5000;
