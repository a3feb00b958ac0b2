// Waits inside the page until the post is there, and gives its text.
() => new Promise((done) => {
  const look = () => {
    if (document.querySelector("article h1")) done(document.body.innerText);
    else setTimeout(look, 20);
  };
  look();
})
