using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Mappings;

/// <summary>What becomes of a row of an import.</summary>
public enum ImportedRow
{
    Added,
    Changed,
    Unchanged,
    Refused,
}

/// <summary>What an import of mappings does, or has done.</summary>
/// <param name="Added">How many mappings are new.</param>
/// <param name="Changed">How many say something else than before.</param>
/// <param name="Unchanged">How many say the same.</param>
/// <param name="Refused">How many rows change nothing, as something is wrong with them.</param>
/// <param name="Rows">All rows, in the order of the file.</param>
/// <param name="ETag">The version of all mappings that a preview is of.</param>
public sealed record MappingImportView(
    int Added,
    int Changed,
    int Unchanged,
    int Refused,
    IReadOnlyList<MappingImportRow> Rows,
    [property: JsonPropertyName("etag")] string? ETag);

/// <summary>A row of an import.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="EndpointId">The endpoint that it names; empty where it names none.</param>
/// <param name="Changes">What changes, field by field; nothing for a new mapping.</param>
/// <param name="Errors">Why it is refused, in the caller's language.</param>
public sealed record MappingImportRow(
    int Line,
    string EndpointId,
    ImportedRow Action,
    IReadOnlyList<MappingImportChange> Changes,
    IReadOnlyList<string> Errors);

/// <summary>A field that changes, as it stands in a cell.</summary>
/// <param name="Field">The name of its column, in the caller's language.</param>
public sealed record MappingImportChange(string Field, string Before, string After);

/// <summary>
/// Stores mappings of a table. Each row is stored or refused by itself; a column that the table does not have keeps what
/// is stored. The same file can be imported again: what is stored already is unchanged.
/// </summary>
public sealed class MappingImport(
    MappingStore mappings, AgentStore agents, MappingRules rules, MainPhone main, AuditLog audit)
{
    /// <summary>More phones than an office has.</summary>
    internal const int MostRows = 2_000;

    /// <summary>What the rows would do.</summary>
    internal async Task<MappingImportPlan> PlanAsync(
        IReadOnlyList<MappingRow> rows, string language, CancellationToken cancellationToken)
    {
        var known = await mappings.ListAsync(cancellationToken);
        var roster = new AgentRoster(await agents.ListAsync(cancellationToken));
        var byId = known.ToDictionary(mapping => mapping.EndpointId, StringComparer.Ordinal);
        var bySmallId = known.ToLookup(mapping => mapping.EndpointId.ToLowerInvariant(), StringComparer.Ordinal);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        return new MappingImportPlan(
            [.. rows.Select(row => Plan(row, byId, bySmallId, lines, roster, language))], VersionOf(known));
    }

    /// <summary>Does it. A row whose mapping another has changed meanwhile is refused.</summary>
    internal async Task<MappingImportView> StoreAsync(
        MappingImportPlan plan, HttpRequest request, CancellationToken cancellationToken)
    {
        var language = request.Language();
        var done = await AtOnce.DoAsync(plan.Rows, async row =>
        {
            if (row.After is null || row.View.Action == ImportedRow.Unchanged)
            {
                return row.View;
            }

            var stored = await audit.ChangeAsync(
                request,
                AuditChange.Of("mapping.changed", row.After.EndpointId, row.Before, row.After),
                () => mappings.PutAsync(
                    row.After with { ETag = row.Before?.ETag }, cancellationToken, isNew: row.Before is null),
                made => made is not null);
            return stored is not null ? row.View : row.View with
            {
                Action = ImportedRow.Refused,
                Changes = [],
                Errors =
                [
                    new Phrase(
                        "Otra persona lo cambió mientras se importaba.",
                        "Someone else changed it during the import.").In(language),
                ],
            };
        });
        var mains = plan.Rows.Zip(done)
            .Where(each => each.Second.Action is ImportedRow.Added or ImportedRow.Changed && each.First.After!.Primary)
            .Select(each => each.First.After!);
        // Of several of one agent, that which is last in the table.
        foreach (var last in mains.GroupBy(mapping => mapping.AgentId, (_, its) => its.Last()))
        {
            await main.TakeAsync(last, request);
        }

        return MappingImportPlan.ViewOf(done, null);
    }

    private PlannedRow Plan(
        MappingRow row,
        Dictionary<string, Mapping> byId,
        ILookup<string, Mapping> bySmallId,
        Dictionary<string, int> lines,
        AgentRoster roster,
        string language)
    {
        var endpointId = row.Cells.GetValueOrDefault(MappingColumn.EndpointId, "");
        var before = byId.GetValueOrDefault(endpointId);
        var errors = new FieldErrors();
        if (row.Surplus > 0)
        {
            errors.Add(
                "row",
                row.Surplus == 1 ? "Tiene 1 columna de más." : $"Tiene {row.Surplus} columnas de más.",
                row.Surplus == 1 ? "It has 1 column too many." : $"It has {row.Surplus} columns too many.");
        }

        if (endpointId.Length > 0 && !lines.TryAdd(endpointId.ToLowerInvariant(), row.Line))
        {
            var first = lines[endpointId.ToLowerInvariant()];
            errors.Add(
                "endpointId", $"Ya está en la línea {first}.", $"It is in line {first} already.");
        }

        if (before is null && bySmallId[endpointId.ToLowerInvariant()].FirstOrDefault() is { } alike)
        {
            errors.Add(
                "endpointId",
                $"Ya existe como {alike.EndpointId}: solo cambian las mayúsculas.",
                $"It is there as {alike.EndpointId}: only its capital letters differ.");
        }

        var input = InputOf(row, endpointId, before, roster, errors);
        var after = rules.Read(endpointId, input, before, id => roster.Find(id) is not null, errors);
        if (errors.Any || after is null)
        {
            List<string> words = [.. errors.In(language).SelectMany(error => error.Value).Distinct()];
            return new PlannedRow(
                null, null, new MappingImportRow(row.Line, endpointId, ImportedRow.Refused, [], words));
        }

        List<MappingImportChange> changes = before is null ? [] : [.. ChangesOf(before, after, language)];
        var action = before is null ? ImportedRow.Added
            : changes.Count > 0 ? ImportedRow.Changed
            : ImportedRow.Unchanged;
        return new PlannedRow(
            before, after, new MappingImportRow(row.Line, endpointId, action, changes, []));
    }

    private static MappingInput InputOf(
        MappingRow row, string endpointId, Mapping? before, AgentRoster roster, FieldErrors errors)
    {
        return new MappingInput(
            endpointId,
            Text(MappingColumn.Account, before?.Account),
            AgentOf(row.Cells.GetValueOrDefault(MappingColumn.AgentId), roster),
            Text(MappingColumn.Phone, before?.Phone),
            Text(MappingColumn.Label, before?.Label),
            Text(MappingColumn.CallerId, before?.CallerId),
            Word(MappingColumn.Private, before?.Private),
            Word(MappingColumn.Primary, before?.Primary))
        {
            Shifts = Shifts(),
        };

        string? Text(MappingColumn column, string? stored) => row.Cells.GetValueOrDefault(column, stored ?? "");

        bool Word(MappingColumn column, bool? stored)
        {
            if (!row.Cells.TryGetValue(column, out var cell))
            {
                return stored ?? false;
            }

            if (MappingCsv.ReadWord(cell) is { } word)
            {
                return word;
            }

            var head = MappingCsv.HeadOf(column);
            errors.Add("word", $"{head.Es}: escriba sí o no.", $"{head.En}: write yes or no.");
            return false;
        }

        IReadOnlyList<ShiftInput?> Shifts()
        {
            var text = row.Cells.GetValueOrDefault(MappingColumn.Shifts)
                ?? ShiftText.Of(before?.Shifts, Language.English);
            if (ShiftText.Read(text) is { } shifts)
            {
                return [.. shifts.Select(shift => shift with { AgentId = AgentOf(shift.AgentId, roster) })];
            }

            errors.Add(
                "shifts",
                "turnos: escriba, por ejemplo, «luis lun-vie 14:00-22:00; ana sáb 08:00-12:00».",
                "shifts: write, for example, \"luis mon-fri 14:00-22:00; ana sat 08:00-12:00\".");
            return [];
        }
    }

    // By the id, else by a name that nobody else has.
    private static string? AgentOf(string? cell, AgentRoster roster)
    {
        if (cell is null || roster.Find(cell) is not null)
        {
            return cell;
        }

        var folded = SearchText.Fold(cell);
        List<Agent> named = [.. roster.All.Where(agent => SearchText.Fold(agent.Name) == folded)];
        return named is [var only] ? only.AgentId : cell;
    }

    private static IEnumerable<MappingImportChange> ChangesOf(Mapping before, Mapping after, string language)
    {
        (MappingColumn Column, Func<Mapping, string?> Of)[] all =
        [
            (MappingColumn.Account, each => each.Account), (MappingColumn.AgentId, each => each.AgentId),
            (MappingColumn.Phone, each => each.Phone), (MappingColumn.Label, each => each.Label),
            (MappingColumn.CallerId, each => each.CallerId),
            (MappingColumn.Private, each => MappingCsv.Word(each.Private, language)),
            (MappingColumn.Primary, each => MappingCsv.Word(each.Primary, language)),
            (MappingColumn.Shifts, each => ShiftText.Of(each.Shifts, language)),
        ];
        return
            from field in all
            let was = field.Of(before) ?? ""
            let now = field.Of(after) ?? ""
            where was != now
            select new MappingImportChange(MappingCsv.HeadOf(field.Column).In(language), was, now);
    }

    private static string VersionOf(IReadOnlyList<Mapping> all)
    {
        var versions = string.Join('\n', all.Select(mapping => $"{mapping.EndpointId} {mapping.ETag}").Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(versions)).AsSpan(0, 16));
    }
}

/// <summary>A row, with the mapping before and after it.</summary>
internal sealed record PlannedRow(Mapping? Before, Mapping? After, MappingImportRow View);

/// <summary>What an import would do.</summary>
/// <param name="Version">The version of all mappings that it is of.</param>
internal sealed record MappingImportPlan(IReadOnlyList<PlannedRow> Rows, string Version)
{
    public MappingImportView View => ViewOf([.. Rows.Select(row => row.View)], Version);

    public static MappingImportView ViewOf(IReadOnlyList<MappingImportRow> rows, string? version)
    {
        return new(
            Count(ImportedRow.Added),
            Count(ImportedRow.Changed),
            Count(ImportedRow.Unchanged),
            Count(ImportedRow.Refused),
            rows,
            version);

        int Count(ImportedRow action) => rows.Count(row => row.Action == action);
    }
}
