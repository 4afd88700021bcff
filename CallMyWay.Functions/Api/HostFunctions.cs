using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Api;

/// <summary>What a page has to know of the host before anyone is signed in.</summary>
/// <param name="Demo">Whether what it shows is made up.</param>
/// <param name="SignIn">How to sign in: <c>password</c> or <c>entra</c>.</param>
/// <param name="SetUp">There is no account yet, and the set-up link waits.</param>
public sealed record HostView(bool Demo, string SignIn, bool SetUp);

/// <summary>What each host says of itself.</summary>
public interface IHostDescription
{
    HostView Describe();
}

public sealed class HostFunctions(IHostDescription host)
{
    [Function("GetHost"), AllowAnyone("It says how to sign in, and that this is the demo.")]
    [Answers(StatusCodes.Status200OK, typeof(HostView))]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "host")] HttpRequest request) =>
        TypedResults.Ok(host.Describe());
}
