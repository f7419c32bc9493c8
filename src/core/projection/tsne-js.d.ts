declare module 'tsne-js' {
  export default class TSNE {
    constructor(options: { dim: number; perplexity: number; earlyExaggeration: number; learningRate: number; nIter: number; metric: 'euclidean' });
    init(input: { data: number[][]; type: 'dense' }): void;
    /** Returns the error of the last iteration and the number of iterations. */
    run(): [error: number, iterations: number];
    getOutput(): number[][];
  }
}
