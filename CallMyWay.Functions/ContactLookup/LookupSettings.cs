using System.Text.Json.Serialization;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Outgoing;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>Where a CRM is asked who calls.</summary>
public sealed record LookupSettings
{
    public const int ShortestMs = 100;

    public const int LongestMs = 800;

    public const string DefaultSource = "lookup";

    /// <summary>Null where none was entered.</summary>
    public string? Url { get; init; }

    /// <summary>True where each call's number is asked for.</summary>
    public bool Enabled { get; init; }

    /// <summary>How long the whole of a request may take, in milliseconds.</summary>
    public int TimeoutMs { get; init; } = LongestMs;

    /// <summary>The application's name: its contacts are those that it pushes under the same name.</summary>
    public string Source { get; init; } = DefaultSource;

    /// <summary>
    /// What signatures are made with: <c>whsec_</c> and Base64. The API shows it once. Null before an address was entered.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>The secret before, which signs beside until <see cref="PreviousUntil"/>.</summary>
    public string? PreviousSecret { get; init; }

    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>Those before it whose day was not over, the newest first; null for none.</summary>
    public IReadOnlyList<EarlierSecret>? EarlierSecrets { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>True where calls are asked for.</summary>
    [JsonIgnore]
    public bool IsOn => Enabled && Url is not null && Secret is not null;

    /// <summary>The secrets that sign now, the newest first.</summary>
    public IEnumerable<string> SecretsAt(DateTimeOffset now) =>
        EarlierAt(now).Select(earlier => earlier.Secret).Prepend(Secret!);

    /// <summary>With a new secret. Those that sign now go on beside it, each until its own end.</summary>
    internal LookupSettings WithSecret(string secret, DateTimeOffset now) => this with
    {
        Secret = secret,
        PreviousSecret = Secret,
        PreviousUntil = Secret is null ? null : now + SignedRequest.SecretOverlap,
        EarlierSecrets = [.. EarlierAt(now).Take(EarlierSecret.Most - 1)],
    };

    private IEnumerable<EarlierSecret> EarlierAt(DateTimeOffset now) =>
        EarlierSecret.At(PreviousSecret, PreviousUntil, EarlierSecrets, now);
}

/// <summary>How a CRM that has failed to answer is.</summary>
public sealed record LookupHealth
{
    /// <summary>When it failed last.</summary>
    public required DateTimeOffset FailedAt { get; init; }

    public required LookupError Error { get; init; }

    /// <summary>The status of that answer; null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Where in the answer something is wrong, such as <c>contacts[0].name</c>; null where that is not known.</summary>
    public string? Field { get; init; }

    /// <summary>Since when each request has failed; null once one was answered.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when it is not asked, as it has failed several times in a row; null where it is.</summary>
    public DateTimeOffset? PausedUntil { get; init; }
}

/// <summary>The last value of an answer that was left out, as its field can't hold it. The value itself is not kept.</summary>
/// <param name="At">When.</param>
/// <param name="Key">The field.</param>
/// <param name="Label">What the field was called then.</param>
/// <param name="Kind">What it could hold then.</param>
public sealed record LookupLeftOut(DateTimeOffset At, string Key, ContactFieldLabel Label, ContactFieldKind Kind);

/// <summary>Why a CRM has not told who calls.</summary>
public enum LookupError
{
    /// <summary>It had not answered in time.</summary>
    Timeout,

    /// <summary>It could not be reached, or hung up.</summary>
    Unreachable,

    /// <summary>Its name has no address.</summary>
    UnknownHost,

    /// <summary>Its certificate is not valid, or no TLS was possible.</summary>
    Tls,

    /// <summary>Its name leads to a private address.</summary>
    PrivateAddress,

    /// <summary>It answered with a redirect, which is not followed.</summary>
    Redirect,

    /// <summary>It answered with a status that is none of 200, 204 and 404.</summary>
    Status,

    /// <summary>Its answer is longer than 64 KiB.</summary>
    TooLarge,

    /// <summary>Its answer is not the JSON that was expected.</summary>
    NotJson,

    /// <summary>It answered with more contacts than ten.</summary>
    TooManyContacts,

    /// <summary>A contact in its answer can't be taken.</summary>
    WrongContact,

    /// <summary>A contact in its answer has not the number that was asked for.</summary>
    OtherNumber,

    /// <summary>More numbers were to be asked for at once than it is asked.</summary>
    Overloaded,

    /// <summary>Its contacts could not be stored.</summary>
    NotStored,
}
