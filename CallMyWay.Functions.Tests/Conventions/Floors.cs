namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// The order of an assembly's folders: a folder knows only those before it. So there is no circle between folders,
/// direct or indirect.
/// </summary>
/// <param name="root">The namespace whose parts are the folders. Types directly in it are above all folders.</param>
/// <param name="folders">The folders, the lowest first.</param>
internal sealed class Floors(string root, params IReadOnlyList<string> folders)
{
    private readonly Dictionary<string, int> _floors =
        folders.Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);

    /// <summary>The folders of the product.</summary>
    public static Floors OfFunctions { get; } = new(
        "CallMyWay.Functions",
        "Text",
        "Storage",
        "Api",
        "Outgoing",
        "Audit",
        "Telemetry",
        "Sweeping",
        "Jobs",
        "Numbers",
        "Operator",
        "AuditTrail",
        "Agents",
        "Embedding",
        "Mappings",
        "Contacts",
        "ContactImports",
        "ExternalContacts",
        "Outcomes",
        "Calls",
        "Notifications",
        "DiallingRules",
        "DoNotCall",
        "ContactGuard",
        "Presence",
        "PopUps",
        "ClickToDial",
        "DueItems",
        "FollowUps",
        "Promises",
        "WrapUps",
        "HandOver",
        "CallFlow",
        "CallRecords",
        "Reconciliation",
        "Statements",
        "Reports",
        "Retention",
        "FirstSteps",
        "Desk",
        "History",
        "Events",
        "ContactLookup",
        "Supervision",
        "Campaigns",
        "Poison",
        "Status",
        "Homologation",
        "PersonalData",
        "EntraId",
        "Adapters");

    /// <summary>The folders of the host for one machine.</summary>
    public static Floors OfLocalHost { get; } = new(
        "CallMyWay.LocalHost",
        "Files",
        "Sqlite",
        "Settings",
        "Backups",
        "SignIn",
        "Screens",
        "Functions",
        "Web",
        "Demo",
        "Start",
        "Copy",
        "Homologation");

    /// <summary>
    /// A sentence for every use of a type in a higher folder, and for every folder without a place in the order.
    /// </summary>
    public IEnumerable<string> Breaches(IEnumerable<Type> types)
    {
        var ours = types.Where(type => FolderOf(type) is not null).ToList();
        var found = ours.Select(type => FolderOf(type)!).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in found.Where(folder => folder.Length > 0 && !folders.Contains(folder)).Order())
        {
            yield return $"The folder {folder} has no floor. List it in {nameof(Floors)}, above each folder that it uses.";
        }

        foreach (var folder in folders.Where(folder => !found.Contains(folder)))
        {
            yield return $"{nameof(Floors)} lists the folder {folder}, in which there is no type.";
        }

        var upward = from type in ours
                     from used in TypeUses.Of(type)
                     where FolderOf(used) is not null && FloorOf(used) > FloorOf(type)
                     select (From: Outermost(type), To: Outermost(used));
        foreach (var (from, to) in upward.Distinct())
        {
            yield return $"{NameOf(from)} uses {NameOf(to)}, and {FolderOf(from)} stands below {PlaceOf(to)}. Move one of "
                + $"the two types, or declare in {FolderOf(from)} an interface that {PlaceOf(to)} implements.";
        }
    }

    /// <summary>The folder of a type; empty for the root itself; null for a type that is not ours.</summary>
    private string? FolderOf(Type type) =>
        type.Namespace == root ? ""
        : type.Namespace?.StartsWith(root + ".", StringComparison.Ordinal) == true ? type.Namespace[(root.Length + 1)..].Split('.')[0]
        : null;

    /// <summary>The root, which has no floor, is above all folders.</summary>
    private int FloorOf(Type type) => _floors.GetValueOrDefault(FolderOf(type) ?? "", folders.Count);

    private string PlaceOf(Type type) => FolderOf(type) is { Length: > 0 } folder ? folder : root;

    private string NameOf(Type type) => type.FullName![(root.Length + 1)..];

    /// <summary>
    /// Types that the compiler makes for lambdas, iterators and async methods belong to the type around them.
    /// </summary>
    private static Type Outermost(Type type)
    {
        type = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return type.DeclaringType is { } outer ? Outermost(outer) : type;
    }
}
