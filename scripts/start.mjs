/** `npm start`: installs, builds what is needed, serves the workbench and prints its address. */
import { build, checkNode, install, stopWith } from './setup.mjs';
import { chosenAddress, serve } from './serve.mjs';

async function start() {
  checkNode();
  const address = chosenAddress();
  await install();
  await build();
  const { url } = await serve(address);
  console.log(`\nLacuna is at ${url}  (Ctrl+C ends it)`);
}

start().catch(stopWith);
