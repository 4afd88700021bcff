using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Api;

/// <summary>
/// What the source says of types and their members, read from the XML files that the compiler writes beside the
/// assemblies. Where there is no such file, nothing is said.
/// </summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    public XmlDocs(params IEnumerable<Assembly> assemblies)
    {
        foreach (var file in assemblies.Select(assembly => Path.ChangeExtension(assembly.Location, ".xml")).Where(File.Exists))
        {
            foreach (var member in XDocument.Load(file).Descendants("member"))
            {
                var id = (string?)member.Attribute("name") ?? "";
                // No two of our functions have one name: the parameters of a method are not needed to tell them.
                _members.TryAdd(id.Split('(')[0], member);
            }
        }
    }

    public string? OfType(Type type) => Text(Member("T", type)?.Element("summary"));

    public string? OfMethod(MethodInfo method) =>
        Text(_members.GetValueOrDefault($"M:{IdOf(method.DeclaringType!)}.{method.Name}")?.Element("summary"));

    /// <summary>A property's summary, or what its record's constructor says of the parameter.</summary>
    public string? OfProperty(Type type, PropertyInfo? property) => property is null
        ? null
        : Text(_members.GetValueOrDefault($"P:{IdOf(property.DeclaringType!)}.{property.Name}")?.Element("summary"))
            ?? Text(Member("T", type)?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == property.Name));

    private XElement? Member(string kind, Type type) => _members.GetValueOrDefault($"{kind}:{IdOf(type)}");

    private static string IdOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" or "seealso" } see => LastName((string?)see.Attribute("cref") ?? see.Value),
            XElement { Name.LocalName: "paramref" } reference => (string?)reference.Attribute("name"),
            XElement other => other.Value,
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim() is { Length: > 0 } words ? words : null;
    }

    private static string LastName(string reference) => reference.Split('(')[0].Split('.', ':')[^1];

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Spaces();
}
