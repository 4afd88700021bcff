using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Mappings;
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

/// <summary>Makes the simulator place a call; only in the demo.</summary>
internal sealed class DemoFunctions(HostSettings settings, MappingStore mappings, IServiceProvider services)
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
            return request.NotFound(new("Esto solo existe en la demostración.", "This is only in the demo."));
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
        return response is { IsSuccessStatusCode: true }
            ? TypedResults.Accepted((string?)null)
            : request.Problem(
                StatusCodes.Status503ServiceUnavailable,
                new("El simulador no responde", "The simulator does not answer"),
                new("La llamada no se pudo simular. Intente de nuevo en un momento.", "The call could not be simulated. Try again in a moment."));
    }
}
