using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Outgoing;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>The body of a request that changes where a CRM is asked.</summary>
/// <param name="Url">An address of the public internet, with https. It may be missing where nothing is asked.</param>
/// <param name="Enabled">
/// True to have each call's number asked for. Where it is missing it stays as it is; it is true the first time.
/// </param>
/// <param name="TimeoutMs">How long the whole of a request may take, 100 to 800; 800 where it is missing.</param>
/// <param name="Source">
/// The application's name, under which it may also push contacts: 1 to 32 letters, digits or dashes. Where it is
/// missing it stays as it is; it is <c>lookup</c> the first time. Contacts are known again by it: under another name
/// each one that the CRM answers is a second contact.
/// </param>
public sealed partial record LookupInput(string? Url, bool? Enabled, int? TimeoutMs, string? Source)
{
    /// <summary>The errors of the input, by field.</summary>
    public async Task<FieldErrors> CheckAsync(
        OutgoingAddress addresses, bool allowPrivate, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (!string.IsNullOrEmpty(Url) || Enabled != false)
        {
            await addresses.CheckAsync(Url, ("contactos", "contacts"), allowPrivate, errors, cancellationToken);
        }

        if (TimeoutMs is < LookupSettings.ShortestMs or > LookupSettings.LongestMs)
        {
            errors.Add(
                "timeoutMs",
                $"Escriba de {LookupSettings.ShortestMs} a {LookupSettings.LongestMs} milisegundos.",
                $"Write {LookupSettings.ShortestMs} to {LookupSettings.LongestMs} milliseconds.");
        }

        if (Source is not null && !Sources().IsMatch(Source))
        {
            errors.Add(
                "source",
                "Use de 1 a 32 letras, números o guiones para nombrar la aplicación.",
                "Use 1 to 32 letters, digits or dashes to name the application.");
        }

        return errors;
    }

    /// <summary>The settings with this input, which was checked.</summary>
    public LookupSettings In(LookupSettings settings) => settings with
    {
        Url = string.IsNullOrEmpty(Url) ? null : Url,
        // Settings that are sent without them don't begin what was stopped, nor bring each contact a second time.
        Enabled = Enabled ?? (settings.ETag is null || settings.Enabled),
        TimeoutMs = TimeoutMs ?? LookupSettings.LongestMs,
        Source = Source ?? settings.Source,
    };

    [GeneratedRegex(
        @"^[A-Za-z0-9][A-Za-z0-9-]{0,31}\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Sources();
}

/// <summary>The body of a request that tests the look-up.</summary>
/// <param name="Number">Whom to ask for, in any spelling.</param>
public sealed record LookupTestInput([property: Needed] string? Number);
