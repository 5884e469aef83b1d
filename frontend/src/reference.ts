/** The API's own description, shown by Swagger UI. Nothing is sent from here: keys have no place in this page. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";
import "./reference.css";

SwaggerUI({
  domNode: document.getElementById("reference"),
  url: "/openapi.json",
  docExpansion: "none",
  supportedSubmitMethods: [],
});
