import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * 0 when this process has the lock, else the process that has it. A link appears in one step together with its
 * content.
 */
const claim = (file) => {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, file);
    return 0;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : claim(file);
  } finally {
    rmSync(mine, { force: true });
  }
};

/** Runs `work` while no other checkout command builds: two builds would need 5 GB and write the same files. */
export const alone = async (root, work) => {
  const file = path.join(root, '.cache', 'email-connect', 'building.pid');
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  for (let owner = claim(file); owner !== 0; owner = claim(file)) {
    if (!isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) console.log(`waiting   another command is building here (pid ${owner})`);
    told = true;
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
};
