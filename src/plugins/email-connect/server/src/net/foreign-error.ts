/** The fields that may be read from an error of Node or a library; every field may be missing. */
export interface ForeignError {
  message: string;
  /** `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `NoConnection`, ...; '' for none. */
  code: string;
}

const textField = (source: object, key: string): string => {
  const value: unknown = Reflect.get(source, key);
  return typeof value === 'string' ? value : '';
};

/**
 * The code and message of any thrown value. nodemailer overwrites Node's code with its own and keeps the first in
 * `originalCode`, which says more.
 */
export const foreignError = (error: unknown): ForeignError => {
  if (typeof error !== 'object' || error === null) return { message: String(error), code: '' };
  return {
    message: textField(error, 'message'),
    code: textField(error, 'originalCode') || textField(error, 'code'),
  };
};

/** A text field that a library sets on its errors; '' when it is missing or no text. */
export const errorText = (error: unknown, key: string): string =>
  typeof error === 'object' && error !== null ? textField(error, key) : '';

/** A number that a library sets on its errors; 0 when it is missing or no number. */
export const errorNumber = (error: unknown, key: string): number => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : 0;
  return typeof value === 'number' ? value : 0;
};
