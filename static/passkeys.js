/* Passkeys: the answer of the browser to the question of the page goes into its form. Such a page brings it. */
(() => {
  const page = document;
  const { credentials } = navigator;
  const Passkey = globalThis.PublicKeyCredential ?? {};
  const button = page.querySelector('[data-gk-passkey]');
  if (!button?.hidden || !Passkey.parseRequestOptionsFromJSON) return;
  const { form, dataset } = button;
  const isCreating = dataset.gkPasskey === 'create';

  let offered = new AbortController();

  const answer = async (offer) => {
    const asked = JSON.parse(dataset.options);
    const credential = isCreating
      ? await credentials.create({ publicKey: Passkey.parseCreationOptionsFromJSON(asked) })
      : await credentials.get({
          publicKey: Passkey.parseRequestOptionsFromJSON(asked),
          ...offer,
        });
    form.elements[dataset.field].value = JSON.stringify(credential.toJSON());
    form.requestSubmit();
  };

  // The browser shows passkeys in the list of the field, and nothing by itself.
  const offer = async () => {
    if (dataset.offered === undefined) return;
    if (!(await Passkey.isConditionalMediationAvailable?.())) return;
    const { signal } = offered;
    try {
      await answer({ mediation: 'conditional', signal });
    } catch {
      // Not chosen, or the button was pressed.
    }
  };

  const ask = async () => {
    button.disabled = true;
    offered.abort();
    try {
      await answer();
    } catch (error) {
      button.disabled = false;
      page.getElementById('gk-passkey-failed')?.remove();
      const told = page.createElement('p');
      told.id = 'gk-passkey-failed';
      told.className = 'gk-notice gk-notice--error';
      told.setAttribute('role', 'alert');
      const isKnown = error.name === 'InvalidStateError';
      told.textContent = (isKnown && dataset.failedKnown) || dataset.failed;
      page.querySelector('.gk-notice--success')?.remove();
      button.parentElement.before(told);
      offered = new AbortController();
      offer();
    }
  };

  button.hidden = false;
  const shown = form.querySelector('[data-gk-with-passkeys]');
  const instead = form.querySelector('[data-gk-without-passkeys]');
  if (shown) [shown.hidden, instead.hidden] = [false, true];
  button.addEventListener('click', ask);
  // Enter in the field for the name presses no button that a script waits for.
  const pressedEnter = (event) => {
    if (form.elements[dataset.field].value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask();
  };
  if (isCreating) form.addEventListener('submit', pressedEnter, true);
  // A browser takes one question at a time, also from the page that comes next.
  page.addEventListener('htmx:before:swap', () => offered.abort(), { once: true });

  offer();
})();
