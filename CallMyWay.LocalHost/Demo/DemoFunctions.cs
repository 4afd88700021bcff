using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;
using CallMyWay.LocalHost.Settings;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.Demo;

/// <summary>Who calls in a simulated call.</summary>
internal enum DemoCaller
{
    Known,
    Several,
    Unknown,
    Private,
}

/// <summary>The body of a request of the console's button: a call to the agent's own phone.</summary>
internal sealed record DemoCallInput(DemoCaller? Kind, bool? Answered);

/// <summary>Makes the simulator place calls; only in the demo.</summary>
internal sealed class DemoFunctions(
    HostSettings settings,
    MappingStore mappings,
    Accounts accounts,
    RecordPullStore pulls,
    JobQueue jobs,
    TimeProvider time,
    IServiceProvider services)
{
    [Function("PlaceDemoCall"), Allow(Role.Agent)]
    [Refuses(StatusCodes.Status409Conflict)]
    [NotAudited("It simulates a call of the demo.")]
    [Takes(typeof(DemoCallInput)), Answers(StatusCodes.Status202Accepted)]
    public async Task<IResult> PlaceCall(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "demo/calls")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!settings.IsDemo)
        {
            return OnlyInTheDemo(request);
        }

        var (input, refusal) = await request.ReadJsonAsync<DemoCallInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var phones = await mappings.ListForAgentAsync(request.HttpContext.User.RequiredAgentId(), cancellationToken);
        if (phones.OrderByDescending(phone => phone.Primary).FirstOrDefault() is not { } phone)
        {
            return request.Problem(
                StatusCodes.Status409Conflict,
                new("No tiene teléfono", "You have no phone"),
                new("Pida a un administrador que le asigne un teléfono.", "Ask an administrator to assign you a phone."));
        }

        var kind = input.Kind ?? DemoCaller.Known;
        var from = kind switch
        {
            DemoCaller.Known => services.GetRequiredService<DemoData>().KnownNumber(),
            DemoCaller.Several => DemoData.SharedNumber,
            DemoCaller.Unknown => DemoData.UnknownNumber,
            _ => null,
        };
        var call = new SimulatedCallRequest(from, phone.EndpointId, "in", kind == DemoCaller.Private, RingSeconds: 4, TalkSeconds: 30, input.Answered ?? true);
        using var response = await services.GetRequiredService<DemoSimulator>().PlaceAsync(call, cancellationToken);
        return response is { IsSuccessStatusCode: true } ? TypedResults.Accepted((string?)null) : NoSimulator(request);
    }

    /// <summary>
    /// Gives the operator the calls of a month, and reads them as records: an office that has worked for a while.
    /// </summary>
    [Function("PlaceDemoMonth"), Allow(Role.Supervisor)]
    [Refuses(StatusCodes.Status503ServiceUnavailable)]
    [NotAudited("It simulates calls of the demo.")]
    [Answers(StatusCodes.Status202Accepted)]
    public async Task<IResult> PlaceMonth(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "demo/month")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (!settings.IsDemo)
        {
            return OnlyInTheDemo(request);
        }

        var (account, now) = (accounts.Home, time.GetUtcNow());
        var today = DateOnly.FromDateTime(account.LocalTime(now).Date);
        var calls = DemoMonth.Before(today, account.TimeZone, services.GetRequiredService<DemoData>().Numbers);
        using var response = await services.GetRequiredService<DemoSimulator>().PlaceAsync(calls, cancellationToken);
        if (response is not { IsSuccessStatusCode: true })
        {
            return NoSimulator(request);
        }

        var from = account.TimeZone.StartOf(today.AddDays(-DemoMonth.Days));
        var pull = await pulls.GetAsync(account.Username, cancellationToken);
        var work = BackfillWork.Of(account, pull, from, account.TimeZone.StartOf(today));
        await jobs.StartAsync(
            BackfillJob.Name,
            work.ToJson(),
            account.Username,
            request.HttpContext.User.RequiredAgentId(),
            cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static IResult OnlyInTheDemo(HttpRequest request) =>
        request.NotFound(new("Esto solo existe en la demostración.", "This is only in the demo."));

    private static IResult NoSimulator(HttpRequest request) => request.Problem(
        StatusCodes.Status503ServiceUnavailable,
        new("El simulador no responde", "The simulator does not answer"),
        new(
            "La llamada no se pudo simular. Intente de nuevo en un momento.",
            "The call could not be simulated. Try again in a moment."));
}
