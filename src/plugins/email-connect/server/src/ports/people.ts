import type { AdminUser } from '../domain/inbox/named';

/** Admin users and their roles. */
export interface AdminPeople {
  /** All of them, by name. */
  users(): Promise<AdminUser[]>;
  roles(): Promise<{ documentId: string; name: string }[]>;
}
