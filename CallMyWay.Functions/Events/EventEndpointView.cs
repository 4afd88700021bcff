using System.Text.Json.Serialization;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Events;

/// <summary>How an endpoint is.</summary>
public enum EndpointState
{
    /// <summary>It takes what is sent.</summary>
    Active,

    /// <summary>Its latest tries have all failed; what is sent is tried again.</summary>
    Failing,

    /// <summary>Nothing is sent, as it has taken nothing for long, or wants nothing any more.</summary>
    Paused,

    /// <summary>An administrator wants nothing sent.</summary>
    Off,
}

/// <summary>An endpoint as the API shows it: without its secret.</summary>
public record EventEndpointView
{
    public required string EndpointId { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    public string? Description { get; init; }

    public required bool Enabled { get; init; }

    public required EndpointState State { get; init; }

    /// <summary>Since when it fails or is paused; null where it does neither.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why it fails or is paused, in the caller's language; null where it does neither.</summary>
    public string? Why { get; init; }

    /// <summary>How many deliveries wait for their next try, at most 1000; only in the list.</summary>
    public int? Waiting { get; init; }

    /// <summary>Until when the secret before signs beside the new one; null where there is one alone.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    public static EventEndpointView Of(EventEndpoint endpoint, DateTimeOffset now, string language, int? waiting = null)
    {
        var health = endpoint.Enabled ? endpoint.Health : null;
        return new EventEndpointView
        {
            EndpointId = endpoint.EndpointId,
            Url = endpoint.Url,
            Events = endpoint.Events,
            Description = endpoint.Description,
            Enabled = endpoint.Enabled,
            State = !endpoint.Enabled ? EndpointState.Off
                : health?.PausedAt is not null ? EndpointState.Paused
                : health is not null ? EndpointState.Failing
                : EndpointState.Active,
            Since = health?.PausedAt ?? health?.FailingSince,
            Why = health is null ? null : WhyOf(health).In(language),
            Waiting = waiting,
            PreviousSecretUntil = endpoint.PreviousUntil > now ? endpoint.PreviousUntil : null,
            CreatedAt = endpoint.CreatedAt,
            ETag = endpoint.ETag,
        };
    }

    private static Phrase WhyOf(EndpointHealth health)
    {
        var error = DeliveryView.WordsOf(health);
        return health.Pause switch
        {
            PauseReason.Gone => new(
                "El sistema contestó que ya no quiere recibir eventos (410). Lo que pasa entretanto no se le guarda.",
                "The system answered that it wants no more events (410). What happens meanwhile is not kept for it."),
            PauseReason.Failing => new(
                $"Pasó un día sin recibir nada. {error.Es} Lo que pasa entretanto se guarda y se envía al reanudar.",
                $"It took nothing for a day. {error.En} What happens meanwhile is kept, and sent when it goes on."),
            _ => new($"Los últimos intentos fallaron. {error.Es}", $"The latest tries failed. {error.En}"),
        };
    }
}

/// <summary>A new endpoint, with its secret: the only time that it is shown.</summary>
public sealed record EventEndpointCreated(string EndpointId, string Secret, EventEndpointView Endpoint);

/// <summary>A new secret of an endpoint, which is shown this once.</summary>
/// <param name="Secret">It signs from now on.</param>
/// <param name="PreviousSecretUntil">Until then the secret before signs beside it.</param>
public sealed record EventSecret(string Secret, DateTimeOffset PreviousSecretUntil);

/// <summary>What came of a test.</summary>
/// <param name="Delivered">True where the receiver has taken it.</param>
/// <param name="Try">What it answered.</param>
/// <param name="Request">What was sent.</param>
/// <param name="Endpoint">How the endpoint is now: one that was paused goes on where it has taken the test.</param>
public sealed record EventTestResult(
    bool Delivered, DeliveryTryView Try, DeliveryRequest Request, EventEndpointView Endpoint);

/// <summary>What was sent: by POST, with the body as it was signed.</summary>
public sealed record DeliveryRequest(string Url, string Body);

/// <summary>A delivery as the API shows it.</summary>
public sealed record DeliveryView
{
    public required string DeliveryId { get; init; }

    /// <summary>The header <c>webhook-id</c>: the same at each try.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? CallId { get; init; }

    public string? Account { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>When it is tried next; null where it is not.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>How many tries there were.</summary>
    public required int TryCount { get; init; }

    /// <summary>The latest of them, the last of them last.</summary>
    public required IReadOnlyList<DeliveryTryView> Tries { get; init; }

    /// <summary>Null where what was sent is not kept any more.</summary>
    public DeliveryRequest? Request { get; init; }

    internal static DeliveryView Of(
        EventEndpoint endpoint, Delivery delivery, EventBody? body, string language) => new()
        {
            DeliveryId = delivery.DeliveryId,
            EventId = delivery.EventId,
            Type = delivery.Type,
            At = delivery.At,
            CallId = delivery.Call?.CallId,
            Account = delivery.Call?.Account,
            State = delivery.State,
            NextAt = delivery.State == DeliveryState.Waiting && !endpoint.IsPaused ? delivery.NextAt : null,
            TryCount = delivery.Tries,
            Tries = [.. delivery.Log.Select(made => DeliveryTryView.Of(made, language))],
            Request = body is null ? null : new DeliveryRequest(endpoint.Url, body.Json),
        };

    /// <summary>Why the last try of an endpoint did not succeed, in words.</summary>
    internal static Phrase WordsOf(EndpointHealth health) =>
        WordsOf(health.Error ?? DeliveryError.Unreachable, health.Status);

    /// <summary>Why a try did not succeed, in words.</summary>
    internal static Phrase WordsOf(DeliveryError error, int? status) => error switch
    {
        DeliveryError.Status => new($"El sistema contestó {status}.", $"The system answered {status}."),
        DeliveryError.Timeout => new(
            "El sistema no contestó en 15 segundos.", "The system did not answer within 15 seconds."),
        DeliveryError.Unreachable => new(
            "No se pudo conectar, o el sistema cortó la conexión.",
            "The connection failed, or the system closed it."),
        DeliveryError.UnknownHost => new(
            "El nombre de la dirección no existe.", "The name in the address does not exist."),
        DeliveryError.Tls => new(
            "El certificado del sistema no es válido.", "The system's certificate is not valid."),
        DeliveryError.PrivateAddress => new(
            "El nombre lleva a una dirección privada, a la que no se envía.",
            "The name leads to a private address, to which nothing is sent."),
        DeliveryError.Redirect => new(
            $"El sistema contestó con una redirección ({status}), que no se sigue.",
            $"The system answered with a redirect ({status}), which is not followed."),
        DeliveryError.Gone => new(
            "El sistema contestó que ya no quiere recibir eventos (410).",
            "The system answered that it wants no more events (410)."),
        _ => new("Lo que había que enviar ya no se conserva.", "What was to be sent is not kept any more."),
    };
}

/// <summary>A page of deliveries, the newest first.</summary>
/// <param name="Items">The deliveries.</param>
/// <param name="Next">The token of the next page; null at the end.</param>
/// <param name="LookedUntil">
/// Where the page is not full and more may follow: how far back was looked. Null for any other page.
/// </param>
public sealed record DeliveryPage(
    IReadOnlyList<DeliveryView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    DateTimeOffset? LookedUntil);

/// <summary>A try as the API shows it.</summary>
/// <param name="At">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Error">Why it did not succeed; null where it did.</param>
/// <param name="Why">The same in the caller's language.</param>
/// <param name="Answer">The beginning of the answer's body, 1 KB at most; null where there was none.</param>
public sealed record DeliveryTryView(
    DateTimeOffset At, int Milliseconds, int? Status, DeliveryError? Error, string? Why, string? Answer)
{
    internal static DeliveryTryView Of(DeliveryTry made, string language) => new(
        made.At,
        made.Milliseconds,
        made.Status,
        made.Error,
        made.Error is { } error ? DeliveryView.WordsOf(error, made.Status).In(language) : null,
        made.Answer);
}
