import type { ContactForm, FieldPath } from '../../../../../shared/contracts/nobody';

type Data = { [field: string]: Data | Data[] | string };

/** The fields of a new record, with values at the ends of their paths; of a list, its one entry. */
export const contactData = (form: ContactForm, name: string, address: string): Data => {
  const data: Data = {};
  put(data, form.address, address);
  if (form.name) put(data, form.name, name);
  return data;
};

const put = (data: Data, [first, ...rest]: FieldPath, value: string): void => {
  if (!first) return;
  const { field, isList } = first;
  if (rest.length === 0) {
    data[field] = value;
    return;
  }
  const there = data[field];
  const known = Array.isArray(there) ? there[0] : there;
  const inner = typeof known === 'object' ? known : {};
  put(inner, rest, value);
  data[field] = isList ? [inner] : inner;
};

/** The text at the end of a path of a record as the Content Manager answers it; '' where there is none. */
export const textAt = (record: unknown, [first, ...rest]: FieldPath): string => {
  if (!first) return '';
  const entry: unknown =
    typeof record === 'object' && record !== null ? Reflect.get(record, first.field) : '';
  const value: unknown = Array.isArray(entry) ? entry[0] : entry;
  if (rest.length > 0) return textAt(value, rest);
  return typeof value === 'string' ? value : '';
};
