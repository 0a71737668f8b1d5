import { newDocumentId } from './new-document-id';

test('a documentId is of the form that Strapi never takes for a row id', () => {
  const made = Array.from({ length: 2_000 }, newDocumentId);
  expect(made.filter((documentId) => !/^[a-z][a-z0-9]{23}$/.test(documentId))).toEqual([]);
  expect(new Set(made).size).toBe(made.length);
});
