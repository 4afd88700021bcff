using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallMyWay.LocalHost.Backups;

/// <summary>What a backup says of itself, in its file <c>backup.json</c>. It is written last: a backup without it is none.</summary>
/// <param name="MadeAt">The moment whose data it holds.</param>
/// <param name="Release">The release that made it.</param>
/// <param name="Schema">
/// The version of what is stored: a release reads those up to its own. Backups of earlier releases may have their
/// program's version here.
/// </param>
/// <param name="IsDemo">True for the demo's data, which is never restored as an office's.</param>
/// <param name="Bytes">The length of the database.</param>
/// <param name="Sha256">The database's SHA-256, in hexadecimal digits.</param>
/// <param name="OthersSha256">
/// The SHA-256 of what else a backup has: the keys and the mark of the demo. Null in backups of earlier releases.
/// </param>
internal sealed record BackupManifest(
    DateTimeOffset MadeAt,
    string Release,
    int Schema,
    bool IsDemo,
    long Bytes,
    string Sha256,
    string? OthersSha256 = null)
{
    public const string FileName = "backup.json";

    public string ToJson() => JsonSerializer.Serialize(this, BackupJson.Default.BackupManifest);

    /// <summary>Null if the text is no manifest.</summary>
    public static BackupManifest? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, BackupJson.Default.BackupManifest) is { Sha256: not null, Release: not null } read
                ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The backups' files as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;

/// <summary>A backup in its folder.</summary>
/// <param name="Id">The folder's name.</param>
/// <param name="Path">The folder.</param>
/// <param name="Manifest">What it says of itself.</param>
internal sealed record Backup(string Id, string Path, BackupManifest Manifest);
