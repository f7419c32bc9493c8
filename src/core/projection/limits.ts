/** Series of UMAP: the graph of more would take the library half a minute and more, in one stretch. */
export const UMAP_LIMIT = 5000;
