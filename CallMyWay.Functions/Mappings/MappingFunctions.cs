using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Mappings;

/// <summary>
/// The body of a request that creates or changes a mapping. <paramref name="Account"/> is by default the first account
/// of the settings, <paramref name="Phone"/> the endpoint's id.
/// </summary>
public sealed record MappingInput(
    string? EndpointId,
    string? Account,
    string? AgentId,
    string? Phone,
    string? Label,
    string? CallerId,
    bool Private,
    bool Primary);

/// <summary>Lists, writes and deletes the mappings of phones to agents, for an administrator.</summary>
public sealed class MappingFunctions(
    MappingStore mappings, AgentStore agents, Accounts accounts, IMappingNews news)
{
    private static readonly Phrase NoSuchMapping = new(
        "Ese teléfono no está asignado.", "That endpoint is not mapped.");

    [Function("ListMappings"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<Mapping>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "mappings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        return errors.Any
            ? request.Invalid(errors)
            : TypedResults.Ok(Page.Cut(
                await mappings.ListAsync(cancellationToken), page, mapping => Keys.Encode(mapping.EndpointId)));
    }

    [Function("ListUnmappedEndpoints"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<UnmappedEndpoint>))]
    public async Task<IResult> ListUnmapped(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "unmapped-endpoints")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        return errors.Any
            ? request.Invalid(errors)
            : TypedResults.Ok(
                Page.Cut(await mappings.ListUnmappedAsync(cancellationToken), page, MappingStore.NewestFirst));
    }

    [Function("PutMapping"), Allow(Role.Admin)]
    [Takes(typeof(MappingInput))]
    [Answers(StatusCodes.Status200OK, typeof(Mapping)), Answers(StatusCodes.Status201Created, typeof(Mapping))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "mappings/{endpointId}")] HttpRequest request, string endpointId, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<MappingInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        endpointId = RouteText.Of(endpointId);
        var errors = Check(endpointId, input);
        if (!string.IsNullOrWhiteSpace(input.AgentId)
            && await agents.GetAsync(input.AgentId, cancellationToken) is null)
        {
            errors.Add("agentId", "No hay un agente con ese código.", "There is no agent with that id.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var stored = await mappings.PutAsync(
            new Mapping
            {
                EndpointId = endpointId,
                Account = PlainText.Trimmed(input.Account) is { } account
                    ? accounts.Find(account).Username
                    : accounts.All[0].Username,
                AgentId = input.AgentId!.Trim(),
                Phone = PlainText.Trimmed(input.Phone) ?? endpointId,
                Label = PlainText.Trimmed(input.Label),
                CallerId = PlainText.Trimmed(input.CallerId),
                Private = input.Private,
                Primary = input.Primary,
                ETag = IfMatch.Of(request),
            },
            cancellationToken);
        if (stored is not var (mapping, isCreated))
        {
            return request.Changed();
        }

        await news.StoredAsync(mapping, request.HttpContext.User.RequiredAgentId());
        return isCreated
            ? TypedResults.Created($"/api/mappings/{Uri.EscapeDataString(endpointId)}", mapping)
            : TypedResults.Ok(mapping);
    }

    [Function("DeleteMapping"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "mappings/{endpointId}")] HttpRequest request, string endpointId, CancellationToken cancellationToken)
    {
        if (await mappings.GetAsync(RouteText.Of(endpointId), cancellationToken) is not { } mapping)
        {
            return request.NotFound(NoSuchMapping);
        }

        return await mappings.DeleteAsync(mapping, IfMatch.Of(request), cancellationToken)
            ? TypedResults.NoContent()
            : request.Changed();
    }

    private FieldErrors Check(string endpointId, MappingInput input)
    {
        var errors = new FieldErrors();
        if (string.IsNullOrWhiteSpace(endpointId) || endpointId.Length > 128)
        {
            errors.Add(
                "endpointId",
                "Escriba el código del teléfono, de hasta 128 caracteres.",
                "Write the endpoint's id, of at most 128 characters.");
        }

        if (input.EndpointId is { } id && id != endpointId)
        {
            errors.Add("endpointId", "No es el de la dirección.", "It is not the one in the address.");
        }

        if (string.IsNullOrWhiteSpace(input.AgentId))
        {
            errors.Add("agentId", "Elija el agente.", "Choose the agent.");
        }

        if (PlainText.Trimmed(input.Account) is null && accounts.All.Count == 0)
        {
            errors.Add(
                "account",
                "Escriba la cuenta: la configuración no tiene ninguna.",
                "Write the account: the settings have none.");
        }

        foreach (var (field, value) in new[] { ("account", input.Account), ("phone", input.Phone), ("label", input.Label), ("callerId", input.CallerId) })
        {
            if (value?.Length > 128)
            {
                errors.Add(field, "Pasa de 128 caracteres.", "It is longer than 128 characters.");
            }
        }

        return errors;
    }
}
