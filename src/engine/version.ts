/** The version of Lacuna, written into run.json; a test holds it to package.json. */
export const version = '0.1.0';
