using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CallMyWay.Functions.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Operator;

/// <summary>The result of a click-to-dial request.</summary>
public enum ClickResult
{
    /// <summary>The operator inserted the request. That says nothing about the call itself.</summary>
    Accepted,

    /// <summary>The operator refused the request.</summary>
    Refused,

    /// <summary>Nothing was sent: the operator could not be reached, or we stopped before.</summary>
    NotSent,

    /// <summary>
    /// The request was sent, and no clear answer came. There may be a call or not, so it is never sent again by itself.
    /// </summary>
    Unknown,
}

/// <summary>
/// The operator's answer: its status (0 if there was none) and the beginning of its text, without the password.
/// </summary>
public sealed record ClickAnswer(ClickResult Result, int Status, string Text)
{
    /// <summary>
    /// True if there can be no call: nothing was sent, or the status is a refusal. A 200 is not certain: by the
    /// document it means inserted, even if its text reads like a refusal.
    /// </summary>
    public bool IsSurelyNoCall => Result == ClickResult.NotSent || (Result == ClickResult.Refused && Status >= 400);
}

/// <summary>
/// Sends requests to the operator, as its document spells them. The password is part of the address. So no address is
/// logged, traced or put into an exception, and no redirect is followed.
/// </summary>
public sealed partial class CallMyWayClient
{
    private const int MaxAnswerBytes = 4096;

    private const int MaxAnswerLength = 500;

    /// <summary>
    /// The largest answer with records: about fifty thousand of them. What is larger is read in smaller pages.
    /// </summary>
    private const int MaxRecordsBytes = 24 * 1024 * 1024;

    private const string RecordsPath = "/getCdrs.php";

    /// <summary>How long an answer may be held back because others have asked too: the delays add up.</summary>
    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(30);

    private static readonly string[] Names =
        [.. Enum.GetNames<ClickResult>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private readonly Uri _baseUrl;
    private readonly Uri _recordsUrl;
    private readonly string _livePath;
    private readonly Dictionary<string, (string Password, PasswordMask Mask)> _passwords;
    private readonly SslClientAuthenticationOptions? _tls;
    private readonly HttpMessageHandler? _network;
    private readonly ILogger<CallMyWayClient> _logger;

    /// <param name="options">The operator and the accounts at it.</param>
    /// <param name="logger">Logs requests without an answer.</param>
    /// <param name="tls">The certificates to trust; null for those that this machine trusts. Only tests set it.</param>
    /// <param name="network">What takes requests in place of the network. Only tests set it.</param>
    public CallMyWayClient(
        IOptions<CallMyWayOptions> options,
        ILogger<CallMyWayClient> logger,
        SslClientAuthenticationOptions? tls = null,
        HttpMessageHandler? network = null)
    {
        _logger = logger;
        _tls = tls;
        _network = network;
        Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        _passwords = options.Value.Accounts
            .Where(account => account.Password.Length > 0)
            .ToDictionary(
                account => account.Username,
                account => (account.Password, PasswordMask.Of(account.Password)),
                StringComparer.Ordinal);
        _baseUrl = options.Value.BaseUrl;
        _recordsUrl = options.Value.RecordsAddress;
        _livePath = options.Value.LiveCallsPath ?? "";
    }

    /// <summary>How long to wait for an answer.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>True if the settings hold the account's password.</summary>
    public bool Knows(string username) => _passwords.ContainsKey(username);

    /// <summary>
    /// Calls <paramref name="first"/>, then <paramref name="second"/>, and charges the account (section 1 of the
    /// operator's document). The request is sent once: it can't be cancelled after it has begun, and no failure repeats
    /// it.
    /// </summary>
    /// <param name="username">The account.</param>
    /// <param name="first">Who is called first.</param>
    /// <param name="second">Who is called when the first has answered.</param>
    /// <param name="beforeSending">
    /// Called when the operator is reached, before the first byte of the request. It stores what must be stored before
    /// there can be a call. If it returns false or throws, nothing is sent.
    /// </param>
    public async Task<ClickAnswer> ClickToDialAsync(
        string username, string first, string second, Func<Task<bool>> beforeSending)
    {
        using var span = Instrumentation.Start("ask operator", ActivityKind.Client);
        var answer = await ClickAsync(username, first, second, beforeSending);
        var result = Names[(int)answer.Result];
        Instrumentation.OperatorAsked(result);
        span?.SetTag("callmyway.operator.result", result).SetTag("http.response.status_code", answer.Status);
        if (answer.Result is ClickResult.NotSent or ClickResult.Unknown)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }

        return answer;
    }

    /// <summary>
    /// Asks for call records (section 3 of the operator's document). The request is sent once, on a connection of its
    /// own: a repetition by itself would come sooner than the operator allows.
    /// </summary>
    /// <param name="username">The account.</param>
    /// <param name="query">Which records.</param>
    /// <param name="beforeSending">
    /// Called when the operator is reached, before the first byte of the request: it waits for the account's turn. If it
    /// returns false, nothing is sent.
    /// </param>
    public async Task<RecordsAnswer> AskRecordsAsync(string username, RecordsQuery query, Func<Task<bool>> beforeSending)
    {
        using var span = Instrumentation.Start("ask operator for records", ActivityKind.Client);
        var (password, mask) = _passwords[username];
        var path = query.IsLive ? _livePath : RecordsPath;
        var raw = await SendAsync(
            query.IsLive ? _baseUrl : _recordsUrl,
            $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}username={Uri.EscapeDataString(username)}&password={Uri.EscapeDataString(password)}{query.ToText()}",
            beforeSending,
            Timeout + LongestQueue,
            MaxRecordsBytes);
        var answer = RecordsAnswer.Of(
            raw,
            bytes => bytes.Length <= MaxAnswerBytes
                ? Shown(mask.Apply(TextOf(bytes, isWhole: true), isWhole: true))
                : Shown(mask.Apply(TextOf(bytes.AsSpan(0, MaxAnswerBytes), isWhole: false), isWhole: false)));
        var result = JsonNamingPolicy.CamelCase.ConvertName(answer.Result.ToString());
        Instrumentation.RecordsAsked(result);
        span?.SetTag("callmyway.operator.result", result).SetTag("http.response.status_code", answer.Status)
            .SetTag("callmyway.records", answer.Reading?.Count);
        if (answer.Result is not (RecordsResult.Read or RecordsResult.TooLate))
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }

        return answer;
    }

    private async Task<ClickAnswer> ClickAsync(
        string username, string first, string second, Func<Task<bool>> beforeSending)
    {
        var (password, mask) = _passwords[username];
        var raw = await SendAsync(
            _baseUrl,
            // The operator spells the path so.
            $"/Welcome/ClickToDialExtenal?username={Uri.EscapeDataString(username)}&password={Uri.EscapeDataString(password)}&first_num={Uri.EscapeDataString(first)}&second_num={Uri.EscapeDataString(second)}",
            beforeSending,
            Timeout,
            MaxAnswerBytes);
        if (raw.Body is not { } body)
        {
            if (!raw.MayBeSent)
            {
                Log.NotSent(_logger, raw.Failure!);
                return new ClickAnswer(ClickResult.NotSent, 0, "");
            }

            Log.NoAnswer(_logger, raw.Failure!);
            return new ClickAnswer(ClickResult.Unknown, 0, "");
        }

        var text = TextOf(body, raw.IsWhole);
        var result = Classify(raw.Status, text);
        if (result != ClickResult.Accepted)
        {
            // Its text can have the numbers.
            Log.NotAccepted(_logger, raw.Status, result);
        }

        return new ClickAnswer(result, raw.Status, Shown(mask.Apply(text, raw.IsWhole)));
    }

    private async Task<RawAnswer> SendAsync(
        Uri baseUrl, string pathAndQuery, Func<Task<bool>> beforeSending, TimeSpan atMost, int mostBytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, pathAndQuery)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.ConnectionClose = true;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        var once = new SentOnce(beforeSending);
        using var http = once.NewClient(baseUrl, _tls, _network);
        using var timeout = new CancellationTokenSource(atMost);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            var (body, isWhole) = await ReadAsync(response.Content, mostBytes, timeout.Token);
            return new RawAnswer(true, (int)response.StatusCode, body, isWhole, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return new RawAnswer(
                once.MayBeSent,
                0,
                null,
                false,
                once.IsRepeatRefused ? "closed without an answer" : ReasonOf(exception));
        }
    }

    // Never an exception's message: it may hold the address.
    private static string ReasonOf(Exception exception) => exception switch
    {
        OperationCanceledException => "time-out",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } failed =>
            failed.HttpRequestError.ToString(),
        { InnerException: { } inner } => inner.GetType().Name,
        _ => "broken connection",
    };

    // The document says only that 200 means inserted. A refusal may come with another status or in the text. After a
    // server error the request may have been inserted or not. The same is true of an answer that is none, such as 101.
    internal static ClickResult Classify(int status, string text) => status switch
    {
        >= 200 and < 300 => RefusalText.IsRefusal(text) ? ClickResult.Refused : ClickResult.Accepted,
        < 200 or >= 500 or 408 => ClickResult.Unknown,
        _ => ClickResult.Refused,
    };

    private static async Task<(byte[] Body, bool IsWhole)> ReadAsync(
        HttpContent content, int most, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var bytes = new byte[Math.Min(most, 64 * 1024)];
        while (await stream.ReadAsync(bytes.AsMemory(), cancellationToken) is > 0 and var length)
        {
            body.Write(bytes, 0, (int)Math.Min(length, most - body.Length));
            if (body.Length == most)
            {
                return (body.ToArray(), false);
            }
        }

        return (body.ToArray(), true);
    }

    // An old page may answer in Latin-1, and the accents of a refusal tell that it is one. What is cut may end within a
    // letter.
    internal static string TextOf(ReadOnlySpan<byte> body, bool isWhole) =>
        Utf8.ToUtf16(body, new char[body.Length], out _, out _, replaceInvalidSequences: false, isWhole)
            == OperationStatus.InvalidData
            ? Encoding.Latin1.GetString(body)
            : Encoding.UTF8.GetString(body);

    private static string Shown(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxAnswerLength)
            {
                break;
            }

            clean.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A click was not sent to the operator ({Reason}).")]
        public static partial void NotSent(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "The operator answered {Status} to a click, which counts as {Result}.")]
        public static partial void NotAccepted(ILogger logger, int status, ClickResult result);

        [LoggerMessage(LogLevel.Warning, "The operator gave no clear answer to a click ({Reason}); it is not sent again.")]
        public static partial void NoAnswer(ILogger logger, string reason);
    }
}
