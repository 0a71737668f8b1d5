import { z } from 'zod';
import type { SteppedMigration } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/migration';
import { migrations } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/list';
import { migrationsAlone } from './harness';
import type { OldDatabase } from './harness';

const ROWS = 7;
const IN_A_STEP = 3;
const auditRow = z.object({ id: z.number(), action: z.string() });

/** Those that are too big for a start, on the tables that a start left. */
export const stepsTests = (database: OldDatabase): void => {
  describe('a migration in steps', () => {
    const table = 'email_connect_audit';
    const audit = () => database.strapi.db.getConnection(table);
    const actions = async () =>
      z
        .array(auditRow)
        .parse(await audit().select('id', 'action').where({ actor: 'steps' }).orderBy('id'))
        .map(({ action }) => action);

    /** Marks each row once; `onStep` is told from where each step goes. */
    const marking = (
      onStep: (position: string) => void | Promise<void> = () => undefined
    ): SteppedMigration => ({
      number: 2,
      name: 'marks',
      phase: 'stepped',
      step: async (writer, position) => {
        const rows = z
          .array(auditRow)
          .parse(
            await writer
              .table(table)
              .select('id', 'action')
              .where({ actor: 'steps' })
              .where('id', '>', Number(position))
              .orderBy('id')
              .limit(IN_A_STEP)
          );
        for (const { id, action } of rows)
          await writer
            .table(table)
            .where({ id })
            .update({ action: `${action}!` });
        await onStep(position);
        const last = rows.at(-1);
        return last && rows.length === IN_A_STEP ? String(last.id) : null;
      },
    });
    const processOf = (step: SteppedMigration) =>
      database.process({ list: [...migrations.slice(0, 1), step] });
    const all = (word: string) => Array.from({ length: ROWS }, () => word);

    beforeAll(async () => {
      const first = database.process({ list: migrations.slice(0, 1) });
      await first.beforeSchema();
      await first.release();
    });
    afterAll(() => database.goBack());
    beforeEach(async () => {
      await database.strapi.db.getConnection('email_connect_migrations').where({ number: 2 }).delete();
      await audit().insert(all('row').map((action) => ({ action, actor: 'steps', at: 1 })));
    });
    afterEach(() => audit().where({ actor: 'steps' }).delete());

    test('does not run at a start, and is not done until its last step was', async () => {
      const process = processOf(marking());
      await process.beforeSchema();
      await process.afterSchema();
      await process.release();
      expect(await actions()).toEqual(all('row'));
      expect(await process.isDone(2)).toBe(false);

      await process.runSteps();

      expect(await actions()).toEqual(all('row!'));
      expect(await process.isDone(2)).toBe(true);
      expect((await database.log()).at(-1)).toMatchObject({ number: 2, position: null });
    });

    test('a step that ends in the middle leaves nothing, and the next process goes on from there', async () => {
      let steps = 0;
      const broken = processOf(
        marking(() => {
          steps += 1;
          if (steps === 2) throw new Error('ended in the middle');
        })
      );
      await expect(broken.runSteps()).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
      expect(await actions()).toEqual([...Array(3).fill('row!'), ...Array(4).fill('row')]);
      expect(await broken.isDone(2)).toBe(false);

      const positions: string[] = [];
      const next = processOf(marking((position) => void positions.push(position)));
      await next.runSteps();
      expect(positions).not.toContain('');
      expect(await actions()).toEqual(all('row!'));
      expect(await next.isDone(2)).toBe(true);
    });

    test('two processes: one does the steps, the other does nothing', async () => {
      await Promise.all([processOf(marking()), processOf(marking())].map((process) => process.runSteps()));
      const last = processOf(marking());
      await last.runSteps();
      expect(await actions()).toEqual(all('row!'));
      expect(await last.isDone(2)).toBe(true);
    });

    test('a process that is stopped ends its step, and the next one goes on', async () => {
      const stopping: Promise<void>[] = [];
      const first = processOf(marking(() => void stopping.push(first.stop())));
      await first.runSteps();
      await Promise.all(stopping);
      expect(stopping).toHaveLength(1);
      expect(await actions()).toEqual([...Array(3).fill('row!'), ...Array(4).fill('row')]);
      await first.runSteps();
      expect(stopping).toHaveLength(1);

      await processOf(marking()).runSteps();
      expect(await actions()).toEqual(all('row!'));
    });

    test('a start does not wait for it', async () => {
      const started: string[] = [];
      const process = processOf(
        marking(async () => {
          started.push('step');
          if (started.length > 1 || database.strapi.db.dialect.client === 'sqlite') return;
          const other = processOf(marking());
          await other.beforeSchema();
          await other.release();
        })
      );
      await process.runSteps();
      expect(started).toHaveLength(3);
    });
  });
};

migrationsAlone(__filename, stepsTests);
