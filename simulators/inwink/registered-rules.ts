import { conflict, validationFailed } from './problems';
import { emailKey } from './query';
import type { InwinkRegistered } from './state';
import type { InwinkWorld } from './world';

/** One participant per e-mail address, in any case, at once and whatever searches show. Throws a refusal. */
export function checkEmail(world: InwinkWorld, participant: InwinkRegistered): void {
  const { email } = participant;
  if (email === null) {
    if (world.participantsWithoutEmail === 'accepted') return;
    throw validationFailed({ email: ['A value is required.'] });
  }
  const [other] = withEmail(world, email).filter((each) => each.id !== participant.id);
  if (other)
    throw conflict('Duplicate', `A participant with this e-mail address exists already: ${other.id}`);
}

export function withEmail(world: InwinkWorld, email: string): InwinkRegistered[] {
  return (world.registered.among('email', [email]) ?? []).filter(
    (each) => each.email !== null && emailKey(each.email) === emailKey(email),
  );
}
