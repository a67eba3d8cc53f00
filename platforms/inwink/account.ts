import type { Http } from '../http';

/** What every call to one Inwink event needs. */
export interface InwinkAccount {
  http: Http;
  event: string;
}
