using System.Text;
using System.Xml;
using System.Xml.Linq;
using CallMyWay.LocalHost.Files;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CallMyWay.LocalHost.Settings;

/// <summary>
/// Stores the keys that protect cookies, one file for each. Whoever reads them can sign in as anyone. Names and content
/// are those of the framework's own repository, which does not sync what it writes, and does not name a broken file.
/// </summary>
internal sealed class KeyFolder(string path) : IXmlRepository
{
    public string FullPath => path;

    public bool HasKeys => AllFiles().Length > 0;

    /// <exception cref="StartException">
    /// A file is no key, or its key can't be used. The message names the file.
    /// </exception>
    public void Check(IKeyManager keys)
    {
        var files = AllFiles();
        if (files.GroupBy(file => (string?)Read(file).Attribute("id")).FirstOrDefault(
            same => same.Key is not null && same.Count() > 1) is { } twice)
        {
            throw new StartException(
                $"{string.Join(" and ", twice)} hold the same key. Move all but one of them away.");
        }

        var known = keys.GetAllKeys().ToDictionary(key => key.KeyId);
        foreach (var file in files)
        {
            // The folder can also hold key revocations.
            var element = Read(file);
            if (element.Name.LocalName == "key"
                && WhyNot(Guid.TryParse((string?)element.Attribute("id"), out var id) ? known.GetValueOrDefault(id) : null) is { } why)
            {
                throw Broken(file, why);
            }
        }
    }

    public IReadOnlyCollection<XElement> GetAllElements() => [.. AllFiles().Select(Read)];

    public void StoreElement(XElement element, string friendlyName)
    {
        var file = Path.Combine(path, friendlyName + ".xml");
        OwnerOnly.CreateFolder(path);
        OwnerOnly.Write(file + ".new", Encoding.UTF8.GetBytes(new XDocument(element).ToString()));
        File.Move(file + ".new", file, overwrite: true);
    }

    private string[] AllFiles() => Directory.Exists(path) ? Directory.GetFiles(path, "*.xml") : [];

    /// <summary>Why a key can't be used; null if it can.</summary>
    private static string? WhyNot(IKey? key)
    {
        try
        {
            return key?.CreateEncryptor() is null ? "there is no key in it" : null;
        }
        catch (Exception exception)
        {
            // Anything in the file may have been changed.
            return exception.Message;
        }
    }

    private static XElement Read(string file)
    {
        try
        {
            using var content = File.OpenRead(file);
            return content.Length == 0 ? throw Broken(file, "it is empty") : XElement.Load(content);
        }
        catch (XmlException exception)
        {
            throw Broken(file, exception.Message);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartException(
                $"{file} can't be read ({exception.Message.TrimEnd('.')}). Give this user the right to.");
        }
    }

    private static StartException Broken(string file, string why) => new(
        $"{file} is broken ({why.TrimEnd('.')}): cookies are protected with the key in it. "
        + "Put the file of a backup in its place, or move it away; then everybody signs in again.");
}
