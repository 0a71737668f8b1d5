import { fileKind } from './file-kind';

describe('fileKind', () => {
  it.each([
    ['application/pdf', 'pdf'],
    ['IMAGE/PNG', 'image'],
    ['text/csv', 'csv'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'sheet'],
    ['application/zip', 'archive'],
    ['text/plain', 'other'],
    ['', 'other'],
  ])('%s is %s', (contentType, kind) => {
    expect(fileKind(contentType)).toBe(kind);
  });
});
