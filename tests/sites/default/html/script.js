document.title = "It weaves";
