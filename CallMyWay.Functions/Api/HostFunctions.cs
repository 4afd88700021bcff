using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Api;

/// <summary>What a page needs to know about the host before anyone is signed in.</summary>
/// <param name="Demo">Whether the data is the demo's.</param>
/// <param name="SignIn">How to sign in: <c>password</c> or <c>entra</c>.</param>
/// <param name="SetUp">True if there is no account yet, and the set-up link can be used.</param>
public sealed record HostView(bool Demo, string SignIn, bool SetUp)
{
    /// <summary>
    /// How many days one export of calls may cover, where the host ends a request that takes long; null where any.
    /// </summary>
    public int? ExportDays { get; init; }
}

/// <summary>Describes a host.</summary>
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
