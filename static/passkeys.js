/* Passkeys: the answer of the browser to the question of the page goes into its form. */
(() => {
  const page = document;
  const { credentials } = navigator;

  const answerTo = async ({ gkPasskey, options }) => {
    const asked = JSON.parse(options);
    const credential =
      gkPasskey === 'create'
        ? await credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked),
          })
        : await credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked),
          });
    return JSON.stringify(credential.toJSON());
  };

  const ask = async (button) => {
    button.disabled = true;
    try {
      button.form.elements.passkey.value = await answerTo(button.dataset);
      button.form.requestSubmit();
    } catch {
      button.disabled = false;
      page.getElementById('gk-passkey-failed')?.remove();
      const told = page.createElement('p');
      told.id = 'gk-passkey-failed';
      told.className = 'gk-notice gk-notice--error';
      told.setAttribute('role', 'alert');
      told.textContent = button.dataset.failed;
      button.parentElement.before(told);
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
      if (!button || button.hidden || button.form.elements.passkey.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(button);
    },
    true,
  );
})();
