import { environment } from '../../config/environment';

/** Address of the Temporal server of this test run; namespace `default`, with our search attributes. */
export function testTemporalAddress(): string {
  const address = environment.PASSERELLE_TEST_TEMPORAL;
  if (address !== undefined) return address;
  throw new Error(
    'PASSERELLE_TEST_TEMPORAL is not set: this runs under jest, whose set-up starts the servers',
  );
}
