using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Api;

/// <summary>Serves the API's description.</summary>
public sealed class OpenApiFunctions(OpenApiDocument document)
{
    [Function("OpenApi"), AllowAnyone("It describes the API, and holds nobody's data.")]
    [Answers(StatusCodes.Status200OK, typeof(JsonObject))]
    public IResult Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        TypedResults.Content(document.Text, "application/json; charset=utf-8");
}
