using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>The body of the set-up page's request.</summary>
internal sealed record SetupInput(
    [property: Needed] string? Token,
    [property: Needed] string? AgentId,
    [property: Needed] string? Name,
    [property: Needed] string? Password);

/// <summary>Creates the first administrator and signs them in.</summary>
internal sealed class SetupFunctions(Setup setup, KnownClients clients, AuditLog audit)
{
    [Function("SetUp"), AllowAnyone("It asks for the one-time token that the server showed at its start.")]
    [Audits("office.set-up")]
    [Takes(typeof(SetupInput)), Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> SetUp(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "setup")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (CrossSite.OriginRefusal(request) is { } foreign)
        {
            return foreign;
        }

        var (input, refusal) = await request.ReadJsonAsync<SetupInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        // The token is checked first, so that nobody without it learns anything.
        if (input.Token is not { Length: <= 100 } token || !await setup.IsValidAsync(token, cancellationToken))
        {
            return LinkNotValid(request);
        }

        var errors = new FieldErrors();
        PasswordRule.Check(input.Password, errors);
        AgentRules.CheckId(input.AgentId, errors);
        AgentRules.CheckName(input.Name, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var administrator = new Agent
        {
            AgentId = input.AgentId!,
            SignInName = input.AgentId!,
            Name = input.Name!.Trim(),
            Roles = [Role.Admin],
            Language = request.Language(),
        };
        var result = await audit.ChangeAsync(
            request,
            AuditChange.Of("office.set-up", administrator.AgentId, null, administrator) with
            {
                Who = administrator.AgentId,
            },
            () => setup.CompleteAsync(token, administrator, input.Password!, cancellationToken),
            made => made.Account is not null);
        if (result.Account is not { } account)
        {
            return result.IsNameTaken
                ? request.Invalid(
                    errors.Add("agentId", "Otra persona ya entra con ese usuario.", "Somebody else has that username."))
                : LinkNotValid(request);
        }

        await clients.RememberAsync(request.HttpContext, account, cancellationToken);
        await Session.New(account).StartAsync(request.HttpContext);
        return TypedResults.NoContent();
    }

    private static IResult LinkNotValid(HttpRequest request) => request.Problem(
        StatusCodes.Status403Forbidden,
        new("El enlace ya no sirve", "The link is no longer valid"),
        new("Use el enlace que el servidor mostró la última vez que inició.", "Use the link that the server showed when it last started."));
}
