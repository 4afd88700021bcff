using CallMyWay.Functions.Api;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Start;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.Web;

/// <summary>What a page has to know of the host before anyone is signed in. <paramref name="SetUp"/>: there is no account yet, and the set-up link waits.</summary>
internal sealed record HostView(bool Demo, string SignIn, bool SetUp);

internal sealed class HostFunctions(HostSettings settings, Setup setup)
{
    [Function("GetHost"), AllowAnyone("It says how to sign in, and that this is the demo.")]
    [Answers(StatusCodes.Status200OK, typeof(HostView))]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "host")] HttpRequest request) =>
        TypedResults.Ok(new HostView(settings.IsDemo, "password", setup.Token is not null));
}
