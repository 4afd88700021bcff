using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Settings;
using Serilog;
using Serilog.Debugging;
using Serilog.Extensions.Logging;
using Serilog.Sinks.File;

namespace CallMyWay.LocalHost.Start;

/// <summary>
/// The log as files: the section <c>LogFiles</c> of the settings. It is for a host whose output nobody keeps, such as a
/// Windows service. A systemd service and a container need none: the journal and the container's engine keep what is
/// printed.
/// </summary>
public sealed class LogFileOptions
{
    public const string Section = "LogFiles";

    /// <summary>The folder of the files; without one there are none.</summary>
    public string? Folder { get; set; }

    /// <summary>How many days a file is kept.</summary>
    [Range(1, 3650, ErrorMessage = "LogFiles:KeepDays must be between 1 and 3650.")]
    public int KeepDays { get; set; } = 30;

    /// <summary>The size at which another file is begun before the day is over.</summary>
    [Range(1, 1000, ErrorMessage = "LogFiles:LargestMegabytes must be between 1 and 1000.")]
    public int LargestMegabytes { get; set; } = 50;

    /// <summary>How many files there are at most, whatever their days: a flood of messages fills no disk.</summary>
    [Range(2, 1000, ErrorMessage = "LogFiles:MostFiles must be between 2 and 1000.")]
    public int MostFiles { get; set; } = 40;
}

/// <summary>Writes the log into files of a day each, beside the console.</summary>
internal static class LogFiles
{
    private const string Prefix = "callmyway-";

    private const string Probe = "probe-";

    /// <exception cref="StartException">A setting is wrong, or the folder can't be written.</exception>
    public static void AddLogFiles(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(LogFileOptions.Section).Get<LogFileOptions>() ?? new();
        if (string.IsNullOrWhiteSpace(options.Folder))
        {
            return;
        }

        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true))
        {
            throw new StartException($"A setting is wrong: {wrong[0].ErrorMessage}");
        }

        var folder = Path.GetFullPath(options.Folder);
        try
        {
            OwnerOnly.CreateFolder(folder);
            Limit(folder);
            // The library below only writes to its own log where a folder is closed to it.
            var probe = Path.Combine(folder, $"{Probe}{Environment.ProcessId}");
            OwnerOnly.Write(probe, []);
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartException($"The folder of the log, {folder}, can't be written ({error.Message.TrimEnd('.')}). Give this user the right to, or choose another one by the setting LogFiles:Folder.");
        }

        // A disk that is full must be seen somewhere.
        SelfLog.Enable(Console.Error.WriteLine);
        // AddSerilog would set the rules for addresses aside, with a rule of its own.
        builder.Logging.AddProvider(new SerilogLoggerProvider(
            new LoggerConfiguration()
                .MinimumLevel.Verbose() // The rules of the settings decide, as they do for the console.
                .WriteTo.File(
                    Path.Combine(folder, Prefix + ".log"),
                    outputTemplate: "{UtcTimestamp:yyyy-MM-ddTHH:mm:ssZ} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}",
                    formatProvider: CultureInfo.InvariantCulture,
                    rollingInterval: RollingInterval.Day,
                    rollOnFileSizeLimit: true,
                    fileSizeLimitBytes: options.LargestMegabytes * 1_000_000L,
                    retainedFileCountLimit: options.MostFiles,
                    retainedFileTimeLimit: TimeSpan.FromDays(options.KeepDays),
                    hooks: new FilesOfOwner())
                .CreateLogger(),
            dispose: true));
    }

    /// <summary>
    /// Closes a folder that was there before to others, where it holds this host's log alone. One that is shared, such
    /// as <c>/var/log</c>, or another user's stays as it is: each file of the log is its owner's alone anyway.
    /// </summary>
    private static void Limit(string folder)
    {
        if (Directory.EnumerateFileSystemEntries(folder).All(entry => IsOurs(Path.GetFileName(entry))))
        {
            try
            {
                OwnerOnly.Limit(folder);
            }
            catch (UnauthorizedAccessException)
            {
                // Another user's: they may give the right to write into it.
            }
        }
    }

    private static bool IsOurs(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) || name.StartsWith(Probe, StringComparison.Ordinal)
        || name == "lost+found";

    /// <summary>The library makes its files by the rules of the process, by which others may often read them.</summary>
    private sealed class FilesOfOwner : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            OwnerOnly.Limit(path);
            return underlyingStream;
        }
    }
}
