using System.Text.Json.Nodes;
using CallMyWay.Functions.Api;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Tests.Conventions;

public sealed class OpenApiTests
{
    private static readonly JsonObject Document = OpenApiDocument.Of(typeof(OpenApiDocument).Assembly);

    [Fact]
    public void Every_Http_Function_Is_Described_With_What_It_Answers()
    {
        var described = Operations().Select(operation => operation["operationId"]!.GetValue<string>()).Order();

        var functions = typeof(OpenApiDocument).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(HttpTriggerAttribute), false)))
            .ToList();
        described.ShouldBe(functions.Select(method => ((FunctionAttribute)method.GetCustomAttributes(typeof(FunctionAttribute), false)[0]).Name).Order());
        functions.Where(method => !method.IsDefined(typeof(AnswersAttribute), false)).Select(method => method.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_Shape_That_Is_Named_Is_There()
    {
        var schemas = (JsonObject)Document["components"]!["schemas"]!;
        foreach (var operation in Operations())
        {
            foreach (var response in (JsonObject)operation["responses"]!)
            {
                if (response.Value!["content"] is JsonObject content)
                {
                    var name = content.Single().Value!["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1];
                    schemas.ContainsKey(name).ShouldBeTrue(name);
                }
            }
        }
    }

    [Fact]
    public void A_Contact_s_Shape_Has_The_Api_s_Names()
    {
        var properties = (JsonObject)Document["components"]!["schemas"]!["Contact"]!["properties"]!;

        properties.Select(property => property.Key).ShouldBe(["contactId", "name", "numbers", "document", "email", "fields", "createdAt", "updatedAt", "etag"], ignoreOrder: true);
    }

    [Fact]
    public void A_Click_Says_That_It_Needs_A_Key() =>
        Operations().Single(operation => operation["operationId"]!.GetValue<string>() == "Dial")["parameters"]!.AsArray()
            .ShouldContain(parameter => parameter!["name"]!.GetValue<string>() == "Idempotency-Key" && parameter["in"]!.GetValue<string>() == "header");

    private static IEnumerable<JsonNode> Operations() =>
        ((JsonObject)Document["paths"]!).SelectMany(path => (JsonObject)path.Value!).Select(operation => operation.Value!);
}
