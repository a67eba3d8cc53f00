import type { ZodType } from 'zod';
import type { CallContext } from '../budget';
import { FailureKind, PlatformFailure } from '../failure';
import type { HttpCall, HttpRemoval, HttpWithRemovals } from '../http';
import { type DocumentForm, documentReply } from './documents';

/** What every call to one PIVOT key needs. */
export interface PivotAccount {
  http: HttpWithRemovals;
  form: DocumentForm;
  headers: Record<string, string>;
}

/** A call whose answer is a document; the rest is common to all of them. */
type DocumentCall<T> = Pick<HttpCall<T>, 'path' | 'route' | 'matrix' | 'body'> & {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Names that the root of the answer may have. */
  roots: readonly string[];
  schema: ZodType<T>;
  /** @default 'safe' */
  repeatable?: HttpCall<T>['repeatable'];
};

export const OFFERS = ['offres'] as const;
export const RESULT = ['result'] as const;

/** Sends a call and reads the document it answers, in the account's form. */
export function ask<T>(account: PivotAccount, asked: DocumentCall<T>, call?: CallContext): Promise<T> {
  const { roots, method, body, ...rest } = asked;
  const common = {
    ...rest,
    repeatable: asked.repeatable ?? 'safe',
    headers: account.headers,
    reply: documentReply<T>(account.form, roots),
    ...call,
  };
  if (method === 'DELETE') {
    const removal: HttpRemoval<T> = { ...common, method };
    return account.http.request(removal);
  }
  return account.http.request({ ...common, method, ...(body === undefined ? {} : { body }) });
}

/** Null where PIVOT itself says that it holds no such thing; every other failure stays one. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof PlatformFailure && error.kind === FailureKind.missing) return null;
    throw error;
  }
}

/** An answer that contradicts itself, or answers something else than was asked. */
export function contradiction(operation: string, what: string): PlatformFailure {
  const detail = { platform: 'pivot', operation };
  return new PlatformFailure(FailureKind.defect, `PIVOT's answer to ${operation} ${what}.`, detail);
}
