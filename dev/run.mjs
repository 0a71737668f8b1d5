#!/usr/bin/env node
// One door for `npm run demo`, `npm test`, `npm run bench` and CI: install and build what is missing, then run.
import { bench, build, demo, test } from './run/commands.mjs';
import { explainNode } from './run/node-version.mjs';

const commands = { demo, test, build, bench };
const [name = '', ...rest] = process.argv.slice(2);
const args = rest[0] === '--' ? rest.slice(1) : rest;

const complaint = explainNode(process.versions.node);
if (complaint) {
  console.error(complaint);
  process.exitCode = 1;
} else if (!Object.hasOwn(commands, name)) {
  console.error(
    'Usage: node dev/run.mjs demo [--exit] | test [jest arguments] | build | bench [--write] [names]'
  );
  process.exitCode = 2;
} else {
  process.exitCode = await commands[name](args);
}
