// The bytes of a mail and its files in the storage: saved, read, fetched again, deleted, swept.
export { parseAndStore } from './parse-and-store';
export { readAll } from './read-all';
export { letGoOfSource } from './let-go-of-source';
export { fetchFileAgain } from './fetch-file-again';
export { createSweeper } from './sweep-files';
