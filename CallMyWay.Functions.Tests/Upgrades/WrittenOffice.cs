using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Upgrades;

/// <summary>
/// Makes the data of an office through the HTTP API and the webhook, so that it depends on nothing else of the release.
/// It leaves every kind of row and message behind.
/// </summary>
internal sealed partial class WrittenOffice : IAsyncDisposable
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "una frase larga";

    /// <summary>The time when the host stops, half an hour after the last notification.</summary>
    public static readonly DateTimeOffset End = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    /// <summary>When the first call was detected, as the operator writes it.</summary>
    public const string FirstDetected = "2026-03-02 08:28:20";

    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 14, 30, 0, TimeSpan.Zero);

    private readonly SetClock _clock = new(Begin);

    private readonly Dictionary<string, HttpClient> _people = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<string>> _dials = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int> _heard = new(StringComparer.Ordinal);

    private TestHost _host = null!;

    private ScriptedOperator _operator = null!;

    private HttpClient _webhook = null!;

    /// <summary>The settings for making the data and for opening it.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "--Webhook:Keys:0", "demo-key-0000000000000000",
        "--CallMyWay:Accounts:0:Username", "8000001",
        "--CallMyWay:Accounts:0:Password", "of the operator",
        "--CallMyWay:Accounts:1:Username", "8000002",
        "--CallMyWay:Accounts:1:Password", "of the operator too",
        "--CallMyWay:Accounts:1:Currency", "USD",
        "--Contacts:Fields:0:Key", "saldo",
        "--Contacts:Fields:0:Type", "Money",
    ];

    private HttpClient Admin => _people["jefa"];

    private HttpClient Ana => _people["ana"];

    private HttpClient Luis => _people["luis"];

    /// <summary>Fills a new folder. Returns the dials of each agent, as no list shows them.</summary>
    public static async Task<IReadOnlyDictionary<string, string[]>> WriteAsync(string folder)
    {
        await using var office = new WrittenOffice();
        await office.OpenAsync(folder);
        await office.AddPeopleAsync();
        await office.AddContactsAsync();
        await office.ChangeRulesAsync();
        await office.TakeCallsAsync();
        await office.WrapUpAsync();
        await office.ClickAsync();
        await office.LeaveWorkAsync();
        return office._dials.ToDictionary(each => each.Key, each => each.Value.ToArray(), StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _operator.DisposeAsync();
    }

    private async Task OpenAsync(string folder)
    {
        _operator = await ScriptedOperator.StartAsync();
        _host = await TestHost.StartAsync(TestStorage.Sqlite, new()
        {
            Demo = false,
            DataPath = folder,
            Time = _clock,
            Settings = [.. Settings, "--CallMyWay:BaseUrl", _operator.Address.ToString()],
            Services = services =>
            {
                // As in an office; the other tests' hosts hash faster.
                services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 100_000);
                HeldMessages.Before(services);
            },
        });
        _webhook = _host.Anonymous();
    }

    private async Task AddPeopleAsync()
    {
        _people["jefa"] = _host.Browser();
        var token = _host.Get<Setup>().Token.ShouldNotBeNull();
        await SendAsync(
            Admin, HttpMethod.Post, "setup", new { token, agentId = "jefa", name = "La Jefa", password = Password });
        await AddAgentAsync("ana", new { name = "Ana Solano Vargas", roles = new[] { "agent" }, team = "cobros" });
        await AddAgentAsync("luis", new { name = "Luis Mora Jiménez", roles = new[] { "agent" }, team = "cobros", signInName = "Luis.Mora@example.com", language = "en" });
        await AddAgentAsync(
            "sofia", new { name = "Sofía Chaves Ureña", roles = new[] { "supervisor" }, team = "cobros" });
        await AddAgentAsync("marta", new { name = "Marta de Todos", roles = new[] { "supervisor" } });
        await AddAgentAsync(
            "pablo", new { name = "Pablo Dos Roles", roles = new[] { "agent", "supervisor" }, team = "ventas" });
        await AddAgentAsync("ida", new { name = "Ida, Que Se Va", roles = new[] { "agent" } });
        await MapAsync(
            "1001",
            new { agentId = "ana", phone = "4000-1001", label = "Escritorio", callerId = "4000-1001", primary = true });
        await MapAsync("1004", new { agentId = "ana", phone = "4000-1004", label = "Privado", @private = true });
        await MapAsync(
            "1002", new { agentId = "luis", phone = "+506 4000 1002", label = "Escritorio", primary = true });
        await MapAsync("2002", new { account = "8000002", agentId = "luis", phone = "4000-2002" });
        await MapAsync("1005", new { agentId = "pablo", phone = "ventas-pablo", label = "Softphone" });
        await MapAsync("1009", new { agentId = "ida", phone = "4000-1009" });
        // Moving a phone leaves old rows to clean up.
        await MapAsync("1006", new { agentId = "luis", phone = "4000-1006" });
        await MapAsync("1006", new { agentId = "pablo", phone = "4000-1066" });
    }

    private async Task AddAgentAsync(string id, object agent)
    {
        await SendAsync(Admin, HttpMethod.Put, $"agents/{id}", agent);
        await SendAsync(Admin, HttpMethod.Put, $"agents/{id}/password", new { password = Password });
        _people[id] = await _host.SignInAsync(id == "luis" ? "luis.mora@example.com" : id, Password);
    }

    private Task MapAsync(string endpointId, object mapping) =>
        SendAsync(Admin, HttpMethod.Put, $"mappings/{endpointId}", mapping);

    private async Task AddContactsAsync()
    {
        var fields = Enumerable.Range(1, 20).ToDictionary(i => $"campo {i}", i => $"valor {i} ñ 😀");
        fields["saldo"] = "125000.50";
        await AddContactAsync(new { contactId = "jose", name = "José Rodríguez Solís", numbers = new[] { "8888-1234", "2234-5678" }, document = "1-0234-0567", email = "jose@example.com", fields });
        await AddContactAsync(
            new { contactId = "maria", name = "María Fernanda Quirós", numbers = new[] { "8712-4455" } });
        await AddContactAsync(
            new { contactId = "tornillo", name = "Ferretería El Tornillo", numbers = new[] { "2222-3344" } });
        await AddContactAsync(
            new { contactId = "carmen", name = "Carmen Brenes", numbers = new[] { "2222-3344", "8834-7712" } });
        await AddContactAsync(
            new { contactId = "rafael", name = "Rafael Brenes", numbers = new[] { "(506) 2222 3344" } });
        await AddContactAsync(
            new { contactId = "emily", name = "Emily Carter", numbers = new[] { "+1 305 555 0142" } });
        await AddContactAsync(new { contactId = "beatriz", name = "Beatriz Peñaranda Ruiz", numbers = new[] { "+34 612 34 56 78", "2441-9000" } });
        await AddContactAsync(new { contactId = "Sin.numero_1", name = "Nadie Contesta" });
        await AddContactAsync(new { contactId = "largo", name = "Archivo Largo", numbers = new[] { "8555-0101" }, fields = Enumerable.Range(1, 16).ToDictionary(i => $"nota {i}", i => new string('ñ', 480)) });
        // Changed and deleted records.
        await AddContactAsync(
            new { contactId = "hugo", name = "Hugo Ramírez", numbers = new[] { "6123-7765", "6123-7766" } });
        await SendAsync(
            Admin,
            HttpMethod.Put,
            "contacts/hugo",
            new { name = "Hugo Ramírez Acuña", numbers = new[] { "6123-7766", "7000-1122" } });
        await AddContactAsync(new { contactId = "gone", name = "Borrado Ayer", numbers = new[] { "8999-0000" } });
        await SendAsync(Admin, HttpMethod.Delete, "contacts/gone", null);
    }

    private Task AddContactAsync(object contact) => SendAsync(Ana, HttpMethod.Post, "contacts", contact);

    private async Task ChangeRulesAsync()
    {
        var outcomes = (await Admin.ItemsAsync("/api/outcomes")).Select(each => (object)each).Append(
            new { code = "visita", es = "Visita a domicilio", en = "Visit at home", requires = new { note = true, followUp = true }, active = true }).Append(
            new { code = "viejo", es = "Ya no se usa", en = "No longer used", requires = new { }, active = false });
        await SendAsync(Admin, HttpMethod.Put, "outcomes", new { items = outcomes.ToArray() });
        await SendAsync(Admin, HttpMethod.Put, "dial-rules", new
        {
            allowedPrefixes = new[] { "+506", "+1305" },
            deniedPrefixes = new[] { "+506900", "+506905" },
            perAgentHour = 40,
            perAgentDay = 200,
            totalHour = 500,
            totalDay = 2000,
            hours = new { from = "06:00:00", to = "21:30:00", days = new[] { 1, 2, 3, 4, 5, 6 } },
        });
    }

    /// <summary>Sends a request that must succeed.</summary>
    private static async Task SendAsync(HttpClient who, HttpMethod method, string path, object? body)
    {
        var (status, answer) = await who.AskAsync(method, $"/api/{path}", body);
        ((int)status).ShouldBeInRange(200, 299, $"{method} {path}: {answer}");
    }
}
