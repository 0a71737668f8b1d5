import type { Client } from './client';
import { createRecord, RecordRefused, searchRecords } from './records';

const uid = 'api::person.person';
const clientWith = (part: Partial<Client>): Client => part as Client;
const refusedWith = (name: string) =>
  clientWith({
    post: () =>
      Promise.reject(
        Object.assign(new Error('Bad Request'), {
          response: { data: { error: { name, message: 'email must be unique' } } },
        })
      ),
  });

describe('records of the Content Manager', () => {
  it('creates one as its own form does', async () => {
    const post = jest.fn().mockResolvedValue({ data: { data: { documentId: 'nina', name: 'Nina' } } });
    await expect(createRecord(clientWith({ post }), uid, { name: 'Nina' })).resolves.toEqual({
      contactType: uid,
      documentId: 'nina',
    });
    expect(post).toHaveBeenCalledWith(`/content-manager/collection-types/${uid}`, { name: 'Nina' });
  });

  it('tells in its words what it does not take, and passes on any other failure', async () => {
    const refused = createRecord(refusedWith('ValidationError'), uid, {});
    await expect(refused).rejects.toBeInstanceOf(RecordRefused);
    await expect(refused).rejects.toThrow('email must be unique');
    await expect(createRecord(refusedWith('ForbiddenError'), uid, {})).rejects.toThrow('Bad Request');
  });

  it.each([
    ['name', '', 'page=1&pageSize=8&sort=name%3AASC'],
    ['name', 'a & b', 'page=1&pageSize=8&_q=a%20%26%20b&sort=name%3AASC'],
    ['person.name', '', 'page=1&pageSize=8'],
  ])('searches by %s for "%s"', async (nameField, words, params) => {
    const get = jest.fn().mockResolvedValue({ data: { results: [{ documentId: 'nina' }] } });
    await expect(searchRecords(clientWith({ get }), uid, nameField, words)).resolves.toEqual([
      { documentId: 'nina' },
    ]);
    expect(get).toHaveBeenCalledWith(`/content-manager/collection-types/${uid}`, { params });
  });
});
