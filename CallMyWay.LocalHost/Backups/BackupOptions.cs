using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace CallMyWay.LocalHost.Backups;

/// <summary>When backups are made, and where they are: the section <c>Backup</c> of the settings.</summary>
public sealed class BackupOptions
{
    public const string Section = "Backup";

    /// <summary>
    /// The folder of the backups; by default <c>backups</c> in the data folder. A folder on another disk survives the loss
    /// of this one.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>
    /// The time of day of the daily backup, in the first account's zone, as <c>02:30</c>. Empty for none; the demo makes
    /// none by itself.
    /// </summary>
    [RegularExpression("^(([01][0-9]|2[0-3]):[0-5][0-9])?$", ErrorMessage = "Backup:At must be a time of day, such as 02:30, or empty for no daily backup.")]
    public string At { get; set; } = "02:30";

    /// <summary>
    /// How many backups are kept. After a new one the oldest go; where the disk has no room for it, they go before.
    /// </summary>
    [Range(1, 1000, ErrorMessage = "Backup:Keep must be between 1 and 1000.")]
    public int Keep { get; set; } = 7;

    /// <summary>Null for no daily backup.</summary>
    internal TimeOnly? TimeOfDay =>
        At.Length == 0 ? null : TimeOnly.ParseExact(At, "HH:mm", CultureInfo.InvariantCulture);
}
