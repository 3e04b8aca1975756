import { SEALED } from '../../src/keys/key-rotation.js';
import { contentOf, filesBelow } from '../support/sentences.js';

it('an exchange of the key knows every purpose that something is sealed for', () => {
  const purposes = filesBelow('src', '.ts').flatMap((file) =>
    [...contentOf(file).matchAll(/new Seal\(config\.keysFor\('([\w-]+)'\)\)/g)].map(
      ([, name]) => name,
    ),
  );
  // Kept for an hour at most: the former key, which is still given, opens them.
  const shortLived = ['desk-imports', 'kept-forms', 'notices', 'sent-questions'];
  expect(purposes.toSorted()).toEqual([...Object.keys(SEALED), ...shortLived].toSorted());
});
