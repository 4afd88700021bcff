using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.AuditTrail;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.ContactLookup;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Telemetry;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Functions;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Start;

namespace CallMyWay.LocalHost;

/// <summary>
/// The names of all settings. One that is none has no effect, which can be worse than a wrong value: a copy of an
/// office that was told to keep quiet would go on as a second one.
/// </summary>
internal static partial class KnownSettings
{
    /// <summary>The shortest name in the environment that is taken for a mistyped one.</summary>
    private const int ShortestStrangeName = 5;

    private const string AllowedHosts = "AllowedHosts";

    /// <summary>How the names begin of what OpenTelemetry reads by itself, and of what Azure's platform sets.</summary>
    private static readonly string[] BeginningsOfOthers = ["OTEL_", "WEBSITE_"];

    private static readonly SettingShape Text = new SettingShape.Text();

    private static readonly Dictionary<string, SettingShape> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        [CallMyWayOptions.Section] = SettingShape.Of(
            typeof(CallMyWayOptions), nameof(CallMyWayOptions.SipHosts), nameof(AccountOptions.AccountIds)),
        [WebhookOptions.Section] = SettingShape.Of(typeof(WebhookOptions)),
        [CallRecordsOptions.Section] = SettingShape.Of(typeof(CallRecordsOptions)),
        [ContactFieldsOptions.Section] = SettingShape.Of(typeof(ContactFieldsOptions)),
        [ContactLookupOptions.Section] = SettingShape.Of(typeof(ContactLookupOptions)),
        [EventsOptions.Section] = SettingShape.Of(typeof(EventsOptions)),
        [EmbeddingOptions.Section] = SettingShape.Of(typeof(EmbeddingOptions)),
        [AuditOptions.Section] = SettingShape.Of(typeof(AuditOptions)),
        [TelemetryOptions.Section] = SettingShape.Of(typeof(TelemetryOptions)),
        [QueueOptions.Section] = SettingShape.Of(typeof(QueueOptions)),
        [BackupOptions.Section] = SettingShape.Of(typeof(BackupOptions)),
        [SignInOptions.Section] = SettingShape.Of(typeof(SignInOptions)),
        [LogFileOptions.Section] = SettingShape.Of(typeof(LogFileOptions)),
        ["Demo"] = new SettingShape.Free(),
        ["DataPath"] = Text,
        ["Storage"] = Text,
        ["ConsolePath"] = Text,
        [AllowedHosts] = Text,
        ["TrustedProxies"] = SettingShape.Of(typeof(IList<string>)),
        [WebHostDefaults.ServerUrlsKey] = Text,
    };

    /// <summary>What the framework and the storage account's client read. They have names of their own below.</summary>
    private static readonly HashSet<string> OfOthers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Logging", "Kestrel", "$schema", AzureStorageOptions.Section,
        AzureStorageOptions.CreateMissingSetting.Split(':')[0],
        HostDefaults.ApplicationKey, HostDefaults.EnvironmentKey, HostDefaults.ContentRootKey, "hostBuilder",
        WebHostDefaults.WebRootKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey, "https_port",
        WebHostDefaults.DetailedErrorsKey, WebHostDefaults.CaptureStartupErrorsKey,
        WebHostDefaults.PreferHostingUrlsKey, WebHostDefaults.ShutdownTimeoutKey, WebHostDefaults.SuppressStatusMessagesKey,
        WebHostDefaults.PreventHostingStartupKey, WebHostDefaults.HostingStartupAssembliesKey,
        WebHostDefaults.HostingStartupExcludeAssembliesKey, WebHostDefaults.StaticWebAssetsKey,
    };

    /// <summary>
    /// Checks the arguments of a start, which are for this host alone. An office that has always started with a name
    /// that is like none of ours still does: the places of such ones, from 1, are returned.
    /// </summary>
    /// <exception cref="StartException">
    /// One is nearly an option, or not one as it is written: the framework would pass over what is meant by it.
    /// </exception>
    public static IReadOnlyList<int> Check(IReadOnlyList<string> arguments)
    {
        var strange = new List<int>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var number = i + 1;
            var (option, value) = arguments[i].Split('=', 2) is [var before, var after]
                ? (before, after)
                : (arguments[i], null);
            var name = NameIn(option);
            var fault = FaultOf(name);
            if (fault is { IsUnknown: true, Nearest: null })
            {
                strange.Add(number);
                if (name != option && value is null && ++i < arguments.Count && IsOption(arguments[i]))
                {
                    throw new StartException(
                        $"The argument {number} is no option that the host knows, and the next one would be its value.");
                }

                continue;
            }

            if (fault is not null)
            {
                throw Refusal(option, fault);
            }

            if (value is null)
            {
                // A word of its own is no setting, even where it is the name of one.
                if (name == option)
                {
                    throw Refusal(option, SettingFault.Unknown(name, name));
                }

                // The next option would be taken for the value.
                if (++i == arguments.Count || IsOption(arguments[i]))
                {
                    throw new StartException($"{option} needs a value.");
                }
            }
        }

        return strange;
    }

    /// <summary>
    /// What has no effect in the files of the settings and in the environment, one sentence each. The environment is
    /// also that of other programs: there a name counts where it begins as one of ours, or is nearly one. No fault
    /// keeps an office from starting that has started with it.
    /// </summary>
    public static IReadOnlyList<string> FaultsOf(ConfigurationManager settings)
    {
        var inFiles = ((IConfigurationRoot)settings).Providers.OfType<FileConfigurationProvider>()
            .SelectMany(file => file.GetChildKeys([], null))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. settings.GetChildren().SelectMany(given => FaultsOf(given, inFiles.Contains(given.Key)))
                .Select(fault => fault.Why + ".").Distinct(StringComparer.Ordinal),
            // No request names its host so.
            .. (settings[AllowedHosts] ?? "").Split(';', StringSplitOptions.TrimEntries)
                .Where(name => name.Contains('/', StringComparison.Ordinal))
                .Select(name =>
                    $"{AllowedHosts} has '{name}', which is an address and no host's name such as calls.example.org."),
        ];
    }

    /// <summary>Says in the log what has no effect.</summary>
    /// <param name="settings">All settings.</param>
    /// <param name="strange">The places of arguments that are like no option. They can be passwords.</param>
    /// <param name="logger">Where to.</param>
    public static void Tell(ConfigurationManager settings, IReadOnlyList<int> strange, ILogger logger)
    {
        foreach (var number in strange)
        {
            Log.Fault(logger, $"The argument {number} is no option that the host knows.");
        }

        foreach (var fault in FaultsOf(settings))
        {
            Log.Fault(logger, fault);
        }
    }

    private static IEnumerable<SettingFault> FaultsOf(IConfigurationSection given, bool isInFile)
    {
        if (IsOfOthers(given.Key))
        {
            return [];
        }

        if (Own.TryGetValue(given.Key, out var shape))
        {
            // A variable of another program can have the name of a section.
            return shape.FaultsOf(given).Where(fault => shape is not SettingShape.Section || fault.Path != given.Path);
        }

        var isBranch = given.GetChildren().Any();
        var near = isBranch || isInFile || given.Key.Length >= ShortestStrangeName
            ? NearName.Of(
                given.Key,
                Own.Where(each => isBranch == each.Value is not SettingShape.Text).Select(each => each.Key))
            : null;
        return near is not null || isInFile ? [SettingFault.Unknown(given.Key, near)] : [];
    }

    private static bool IsOfOthers(string name) =>
        OfOthers.Contains(name)
        || Array.Exists(BeginningsOfOthers, each => name.StartsWith(each, StringComparison.OrdinalIgnoreCase));

    /// <summary>Not by a slash, with which a path begins too.</summary>
    private static bool IsOption(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && FaultOf(NameIn(argument).Split('=')[0]) is null;

    private static string NameIn(string option) =>
        option.StartsWith("--", StringComparison.Ordinal) ? option[2..] : option is ['/', .. var name] ? name : option;

    /// <summary>What is wrong with the name of an option; null where it is one.</summary>
    private static SettingFault? FaultOf(string name)
    {
        if (Known(name) is not { } fault)
        {
            return null;
        }

        // As in the environment.
        var path = name.Replace("__", ":", StringComparison.Ordinal);
        return path != name && Known(path) is null ? SettingFault.Unknown(name, path) : fault;

        static SettingFault? Known(string path)
        {
            var top = path.Split(':')[0];
            if (IsOfOthers(top))
            {
                return null;
            }

            if (!Own.TryGetValue(top, out var shape))
            {
                return SettingFault.Unknown(
                    path,
                    NearName.Of(top, [.. Own.Keys, .. OfOthers, "help", "version"]) is { } near
                        ? near + path[top.Length..]
                        : null);
            }

            var given = new ConfigurationBuilder().AddInMemoryCollection([new(path, "x")]).Build().GetSection(top);
            return shape.FaultsOf(given).FirstOrDefault();
        }
    }

    private static StartException Refusal(string option, SettingFault fault)
    {
        var dashes = option[..^NameIn(option).Length];
        return new(fault.IsUnknown
            ? $"{dashes}{fault.Path} is no option that the host knows; the nearest one is --{fault.Nearest}."
            : $"{fault.Why}.");
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Fault} It has no effect.")]
        public static partial void Fault(ILogger logger, string fault);
    }
}
