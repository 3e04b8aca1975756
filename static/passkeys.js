/* Passkeys: the answer of the browser to the question of the page goes into its form. */
(() => {
  const page = document;
  const { credentials } = navigator;

  let offered = new AbortController();

  const answer = async ({ form, dataset: { gkPasskey, field, options } }, offer) => {
    const asked = JSON.parse(options);
    const credential =
      gkPasskey === 'create'
        ? await credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked),
          })
        : await credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked),
            ...offer,
          });
    form.elements[field].value = JSON.stringify(credential.toJSON());
    form.requestSubmit();
  };

  // The browser shows passkeys in the list of the field, and nothing by itself.
  const offer = async () => {
    const button = page.querySelector('[data-gk-passkey=get][data-offered]');
    const { isConditionalMediationAvailable: isAble } = globalThis.PublicKeyCredential ?? {};
    if (!button || !(await isAble?.call(PublicKeyCredential))) return;
    const { signal } = offered;
    try {
      await answer(button, { mediation: 'conditional', signal });
    } catch {
      // Not chosen, or the button was pressed.
    }
  };

  const ask = async (button) => {
    button.disabled = true;
    offered.abort();
    try {
      await answer(button);
    } catch {
      button.disabled = false;
      page.getElementById('gk-passkey-failed')?.remove();
      const told = page.createElement('p');
      told.id = 'gk-passkey-failed';
      told.className = 'gk-notice gk-notice--error';
      told.setAttribute('role', 'alert');
      told.textContent = button.dataset.failed;
      button.parentElement.before(told);
      offered = new AbortController();
      offer();
    }
  };

  page.addEventListener('click', ({ target }) => {
    const button = target.closest?.('[data-gk-passkey]');
    if (button) ask(button);
  });

  // Enter in the field for the name presses no button that a script waits for.
  page.addEventListener(
    'submit',
    (event) => {
      const button = event.target.querySelector('[data-gk-passkey=create]');
      if (!button || button.hidden || button.form.elements[button.dataset.field].value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(button);
    },
    true,
  );

  offer();
})();
