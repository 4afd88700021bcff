using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Agents;

/// <summary>The body of a request that creates or changes an agent.</summary>
public sealed record AgentInput(
    string? AgentId,
    [property: Needed] string? Name,
    string? SignInName,
    [property: Needed] IReadOnlyList<Role>? Roles,
    string? Team,
    string? Language);

/// <summary>Lists, reads, writes and deletes agents, for an administrator.</summary>
public sealed class AgentFunctions(
    AgentStore agents,
    AdministratorTurn turn,
    IEnumerable<IAgentHold> holds,
    IEnumerable<IAgentRemains> remains,
    IEnumerable<IAgentScreens> screens,
    AuditLog audit)
{
    internal static readonly Phrase NoSuchAgent = new(
        "No hay un agente con ese código.", "There is no agent with that id.");

    internal static readonly Phrase NoSuchTeam = new(
        "No hay nadie en un equipo con ese nombre.", "Nobody is in a team of that name.");

    [Function("ListAgents"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<Agent>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "agents")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        return errors.Any
            ? request.Invalid(errors)
            : TypedResults.Ok(
                Page.Cut(await agents.ListAsync(cancellationToken), page, agent => Keys.Encode(agent.AgentId)));
    }

    [Function("GetAgent"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(Agent))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "agents/{agentId}")] HttpRequest request, string agentId, CancellationToken cancellationToken) =>
        await agents.GetAsync(agentId, cancellationToken) is { } agent
            ? TypedResults.Ok(agent)
            : request.NotFound(NoSuchAgent);

    [Function("PutAgent"), Allow(Role.Admin), Audits("agent.changed")]
    [Refuses(StatusCodes.Status409Conflict)]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(AgentInput)), Asks("reuse")]
    [Answers(StatusCodes.Status200OK, typeof(Agent)), Answers(StatusCodes.Status201Created, typeof(Agent))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "agents/{agentId}")] HttpRequest request, string agentId, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<AgentInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = Check(agentId, input);
        if (request.HttpContext.User.AgentId() == agentId && input.Roles?.Contains(Role.Admin) != true)
        {
            errors.Add(
                "roles",
                "No puede quitarse a sí mismo el rol de administrador.",
                "You cannot take the admin role from yourself.");
        }

        var reuse = FlagQuery.Read(request, "reuse", errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var put = new Agent
        {
            AgentId = agentId,
            Name = input.Name!.Trim(),
            SignInName = PlainText.Trimmed(input.SignInName) is { } name ? PlainText.Composed(name) : agentId,
            Roles = [.. input.Roles!.Distinct()],
            Team = PlainText.Trimmed(input.Team),
            Language = input.Language ?? Language.Spanish,
            ETag = IfMatch.Of(request),
        };
        var before = await agents.GetAsync(agentId, cancellationToken);
        var isNew = IfMatch.IsNone(request);
        if (isNew && before is not null && !AgentStore.IsSame(before, put))
        {
            return request.Invalid(errors.Add(
                "agentId", $"Ese código ya es de {before.Name}.", $"That id is {before.Name}'s already."));
        }

        // A script that has always written its people without these goes on to do so.
        if ((isNew || request.Query.ContainsKey("reuse")) && before is null && !reuse
            && await agents.FindDeletedAsync(agentId, cancellationToken) is { } former)
        {
            return RefuseFormer(request, former);
        }

        var isRepeated = before is not null && AgentStore.IsSame(before, put);
        // Another sign-in name is perhaps another person's. A role that was taken ends at once, and each role's screens
        // are told other things.
        var disconnects = before is not null
            && (put.SignInName != before.SignInName || !put.Roles.ToHashSet().SetEquals(before.Roles));
        var wasAdmin = before?.Roles.Contains(Role.Admin) == true;
        var movesRole = wasAdmin != put.Roles.Contains(Role.Admin);
        if (wasAdmin)
        {
            // Where another gives or takes the role meanwhile, the version tells.
            put = put with { ETag = put.ETag ?? before!.ETag };
        }

        // A repeated request has no entry of its own. It does what the first may have left undone.
        var (outcome, result) = isRepeated
            ? await StoreAsync()
            : await audit.ChangeAsync(
                request,
                AuditChange.Of("agent.changed", agentId, before, put),
                StoreAsync,
                made => made.Result?.Agent is not null);
        if (disconnects && result?.Agent is not null)
        {
            await DisconnectAsync(agentId);
        }

        return RefusalOf(outcome, request) ?? result!.Outcome switch
        {
            PutAgentOutcome.Created => TypedResults.Created($"/api/agents/{agentId}", result.Agent),
            PutAgentOutcome.Replaced => TypedResults.Ok(result.Agent),
            PutAgentOutcome.SignInNameTaken => request.Invalid(new FieldErrors().Add(
                "signInName", "Otra persona ya entra con ese usuario.", "Somebody else has that username.")),
            _ => request.Changed(),
        };

        Task<(TurnOutcome Outcome, PutAgentResult? Result)> StoreAsync() => InTurnAsync(
            movesRole ? request : null,
            async () =>
            {
                if (disconnects)
                {
                    await PrepareDisconnectAsync(agentId, cancellationToken);
                }

                return await agents.PutAsync(put, cancellationToken, isNew);
            },
            cancellationToken);
    }

    [Function("DeleteAgent"), Allow(Role.Admin), Audits("agent.deleted")]
    [Refuses(StatusCodes.Status409Conflict)]
    [TakesIfMatch]
    [Asks("leave"), Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "agents/{agentId}")] HttpRequest request, string agentId, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var leave = FlagQuery.Read(request, "leave", errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (await agents.GetAsync(agentId, cancellationToken) is not { } agent)
        {
            return request.NotFound(NoSuchAgent);
        }

        if (request.HttpContext.User.AgentId() == agentId)
        {
            return request.Problem(
                StatusCodes.Status409Conflict,
                new("No se puede borrar", "Can't be deleted"),
                new("No puede borrarse a sí mismo.", "You cannot delete yourself."));
        }

        if (await FindHoldAsync(request, agentId, leave, cancellationToken) is { } held)
        {
            return held;
        }

        var isAdmin = agent.Roles.Contains(Role.Admin);
        var (outcome, deleted) = await audit.ChangeAsync(
            request,
            AuditChange.Of("agent.deleted", agentId, agent, null),
            () => InTurnAsync(
                isAdmin ? request : null,
                async () =>
                {
                    await PrepareDisconnectAsync(agentId, cancellationToken);
                    return await agents.DeleteAsync(
                        agent, IfMatch.Of(request) ?? (isAdmin ? null : agent.ETag), cancellationToken);
                },
                cancellationToken),
            made => made.Result);
        if (RefusalOf(outcome, request) is { } refusal)
        {
            return refusal;
        }

        if (!deleted)
        {
            return request.Changed();
        }

        // Goes on even if the caller has disconnected: nobody could send this request again.
        await DisconnectAsync(agentId);
        foreach (var each in remains)
        {
            await each.ForgetAsync(agentId, CancellationToken.None);
        }

        return TypedResults.NoContent();
    }

    // Whoever has the code of a former agent has their calls, notes and follow-ups.
    private static IResult RefuseFormer(HttpRequest request, DeletedAgent former)
    {
        var name = former.Name ?? former.AgentId;
        return request.Invalid(
            StatusCodes.Status409Conflict,
            new("Ese código fue de otra persona", "That id was somebody else's"),
            new(
                "Elija otro, o repita la solicitud con reuse=true si es la misma persona.",
                "Choose another, or repeat the request with reuse=true where it is the same person."),
            new FieldErrors().Add(
                "agentId",
                $"Ese código fue de {name}, y con él se ven sus llamadas, notas y seguimientos. Elija otro.",
                $"That id was {name}'s, and shows their calls, notes and follow-ups. Choose another."));
    }

    /// <summary>
    /// The refusal of a deletion now; null where nothing is in its way. With <c>leave=true</c> the supervisors get what
    /// can be left to them.
    /// </summary>
    private async Task<IResult?> FindHoldAsync(
        HttpRequest request, string agentId, bool leave, CancellationToken cancellationToken)
    {
        var found = await AtOnce.DoAsync(
            holds, each => each.FindHoldAsync(agentId, cancellationToken).AsTask());
        var hold = found.OfType<AgentHold>().OrderBy(each => each.CanBeLeft).FirstOrDefault();
        return hold is null || (hold.CanBeLeft && leave) ? null : request.Problem(
            StatusCodes.Status409Conflict,
            new("No se puede borrar", "Can't be deleted"),
            hold.Why,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["canLeave"] = hold.CanBeLeft });
    }

    private async Task PrepareDisconnectAsync(string agentId, CancellationToken cancellationToken)
    {
        foreach (var each in screens)
        {
            await each.PrepareAsync(agentId, cancellationToken);
        }
    }

    private async Task DisconnectAsync(string agentId)
    {
        foreach (var each in screens)
        {
            await each.DisconnectAsync(agentId, CancellationToken.None);
        }
    }

    /// <summary>Makes a change; with a request, one that gives or takes the admin role.</summary>
    private async Task<(TurnOutcome Outcome, T? Result)> InTurnAsync<T>(
        HttpRequest? request, Func<Task<T>> change, CancellationToken cancellationToken) => request is null
        ? (TurnOutcome.Done, await change())
        : await turn.TakeAsync(
            request.HttpContext.User.RequiredAgentId(),
            request.HttpContext.User.IsAppointed(),
            change,
            cancellationToken);

    private static IResult? RefusalOf(TurnOutcome outcome, HttpRequest request) => outcome switch
    {
        TurnOutcome.Busy => request.Problem(
            StatusCodes.Status409Conflict,
            new("Otro administrador hace lo mismo", "Another administrator does the same"),
            new(
                "En este momento otra persona cambia quién es administrador. Intente de nuevo en unos segundos.",
                "Someone else is changing who is an administrator at this moment. Try again in some seconds.")),
        TurnOutcome.NotAnAdministrator => request.Forbidden(),
        _ => null,
    };

    private static FieldErrors Check(string agentId, AgentInput input)
    {
        var errors = new FieldErrors();
        AgentRules.CheckId(agentId, errors);
        AgentRules.CheckName(input.Name, errors);
        if (input.AgentId is { } id && id != agentId)
        {
            errors.Add("agentId", "No es el de la dirección.", "It is not the one in the address.");
        }

        if (input.SignInName?.Length > 254)
        {
            errors.Add("signInName", "Pasa de 254 caracteres.", "It is longer than 254 characters.");
        }
        else if (input.SignInName is { } name && PlainText.HidesCharacters(name))
        {
            errors.Add(
                "signInName",
                "Tiene caracteres que no se ven. Escríbalo de nuevo con el teclado.",
                "It has characters that nobody sees. Type it again.");
        }

        if (input.Roles is not { Count: > 0 } || input.Roles.Any(role => !Enum.IsDefined(role)))
        {
            errors.Add(
                "roles",
                "Elija al menos un rol: agent, supervisor o admin.",
                "Choose at least one role: agent, supervisor or admin.");
        }

        if (input.Team?.Length > 100)
        {
            errors.Add("team", "Pasa de 100 caracteres.", "It is longer than 100 characters.");
        }

        if (input.Language is not (null or Language.Spanish or Language.English))
        {
            errors.Add("language", "Elija es o en.", "Choose es or en.");
        }

        return errors;
    }
}
