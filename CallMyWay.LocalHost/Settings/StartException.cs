using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Settings;

/// <summary>The reason why the host can't start, in words for whoever starts it.</summary>
public sealed partial class StartException(string message) : Exception(message)
{
    /// <summary>The message to show; null if the exception is not about the settings or the machine.</summary>
    public static string? Explain(Exception exception) => Explain(exception, ListenAddresses.None);

    /// <summary>The same of a host that was to listen at the addresses.</summary>
    internal static string? Explain(Exception exception, ListenAddresses listen) => exception switch
    {
        StartException or StorageException => exception.Message,
        OptionsValidationException { Failures: var failures } => Settings(failures),
        AggregateException { InnerExceptions: var all } when all.All(inner => inner is OptionsValidationException) =>
            Settings(all.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)),
        _ when IsOfCertificate(exception) =>
            $"A certificate of the settings {ListenAddresses.Endpoints} or Kestrel:Certificates can't be used: {exception.Message}",
        AddressInUseException or IOException { InnerException: AddressInUseException } =>
            $"The address {listen.Text} is in use by another program. {Another(listen)}",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"The address {listen.Text} may not be used by this user. {Another(listen)}",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            $"The address {listen.Text} is not one of this machine. {Another(listen)}",
        FormatException or UriFormatException or ArgumentOutOfRangeException { ParamName: "port" } =>
            $"The setting {listen.Setting} has a value that is no address ({listen.Text}); an example is http://127.0.0.1:7071.",
        InvalidOperationException { Message: var message } when message.Contains(
            "scheme in server address", StringComparison.Ordinal) =>
            $"The setting {listen.Setting} has an address that is neither http nor https ({listen.Text}); an example is http://127.0.0.1:7071.",
        InvalidOperationException { Message: var message } when message.Contains(
            "HTTPS endpoint", StringComparison.Ordinal) =>
            $"The address {listen.Text} needs a certificate, and there is none. Name one by the setting Kestrel:Certificates:Default:Path, or put a reverse proxy with TLS before an http address.",
        InvalidOperationException { Message: var message }
            when Unconverted().Match(message) is { Success: true, Groups: var told } =>
            $"A setting is wrong: {told["name"]} must be {WordsFor(told["type"].Value)}; it is '{told["value"]}'.",
        InvalidOperationException { Message: var message } when message.Contains(
            "configuration value", StringComparison.Ordinal) => $"A setting is wrong: {message}",
        // Its own message names the file, and the innermost one tells what is wrong there.
        InvalidDataException { InnerException: FormatException inner } =>
            $"A settings file can't be read. {exception.Message} {WhatIsWrong(inner)}",
        _ => null,
    };

    private static string WhatIsWrong(FormatException error) =>
        error.InnerException is JsonException { LineNumber: { } line } json
        ? string.Create(CultureInfo.InvariantCulture, $"It is no JSON from line {line + 1} on: {json.Message}")
        : error.Message;

    // Kestrel has no exception of its own for them: a missing file, a wrong password and the key of another certificate
    // are known by where they come from. A certificate without a key is known when the address is bound.
    private static bool IsOfCertificate(Exception exception) =>
        exception.StackTrace?.Contains("CertificateConfigLoader", StringComparison.Ordinal) == true
        || (exception is NotSupportedException
            && exception.Message.Contains("SSL must use a certificate", StringComparison.Ordinal));

    private static string Another(ListenAddresses listen) =>
        $"Choose another by the setting {listen.Setting}, such as --{listen.Settings[0]} http://127.0.0.1:7081.";

    private static string WordsFor(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "a whole number, such as 30",
        "System.Double" or "System.Decimal" => "a number, such as 0.5",
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "a span of time, such as 00:00:15",
        "System.Uri" => "an address, such as https://www.callmyway.com",
        _ => "a value of another kind",
    };

    // The binder's message is all that tells which setting it was.
    [GeneratedRegex(
        "^Failed to convert configuration value '(?<value>.*)' at '(?<name>[^']*)' to type '(?<type>[^']*)'",
        RegexOptions.CultureInvariant | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unconverted();

    private static string Settings(IEnumerable<string> failures)
    {
        var lines = failures.Distinct(StringComparer.Ordinal).ToList();
        return lines.Count == 1
            ? $"A setting is wrong: {lines[0]}"
            : $"Some settings are wrong:{string.Concat(lines.Select(line => $"{Environment.NewLine}- {line}"))}";
    }
}
