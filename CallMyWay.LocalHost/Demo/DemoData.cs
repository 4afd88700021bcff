using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Outcomes;
using CallMyWay.LocalHost.SignIn;

namespace CallMyWay.LocalHost.Demo;

/// <summary>The people, phones and contacts of a new demo. They are written once; later changes stay.</summary>
internal sealed class DemoData(
    AgentStore agents,
    LocalAccounts accounts,
    MappingStore mappings,
    ContactStore contacts,
    WrapUpFieldStore wrapUpFields,
    GuardStore guard,
    IConfiguration settings,
    TimeProvider time)
{
    public const string Password = "demo";

    /// <summary>A number that several contacts share.</summary>
    public const string SharedNumber = "2222-3344";

    /// <summary>A number that no contact has.</summary>
    public const string UnknownNumber = "6199-0042";

    private static readonly Agent[] Agents =
    [
        new()
        {
            AgentId = "ana",
            Name = "Ana Solano Vargas",
            SignInName = "ana",
            Roles = [Role.Agent],
            Team = "cobros"
        },
        new()
        {
            AgentId = "luis",
            Name = "Luis Mora Jiménez",
            SignInName = "luis",
            Roles = [Role.Agent],
            Team = "cobros"
        },
        new()
        {
            AgentId = "sofia",
            Name = "Sofía Chaves Ureña",
            SignInName = "sofia",
            Roles = [Role.Supervisor],
            Team = "cobros"
        },
        new() { AgentId = "admin", Name = "Administración", SignInName = "admin", Roles = [Role.Admin] },
    ];

    // The phones of the simulator's own demo account.
    private static readonly Mapping[] Mappings =
    [
        new()
        {
            EndpointId = "1001",
            Account = DemoDefaults.Account,
            AgentId = "ana",
            Phone = "4000-1001",
            Label = "Escritorio",
            CallerId = "4000-1001",
            Primary = true
        },
        new()
        {
            EndpointId = "1004",
            Account = DemoDefaults.Account,
            AgentId = "ana",
            Phone = "4000-1004",
            Label = "Privado",
            Private = true
        },
        new()
        {
            EndpointId = "1002",
            Account = DemoDefaults.Account,
            AgentId = "luis",
            Phone = "4000-1002",
            Label = "Escritorio",
            CallerId = "4000-1002",
            Primary = true
        },
        new()
        {
            EndpointId = "1003",
            Account = DemoDefaults.Account,
            AgentId = "sofia",
            Phone = "4000-1003",
            Label = "Escritorio",
            CallerId = "4000-1003",
            Primary = true
        },
    ];

    private static readonly (string Name, string[] Numbers)[] Contacts =
    [
        ("José Rodríguez Solís", ["8888-1234", "2234-5678"]),
        ("María Fernanda Quirós", ["8712-4455"]),
        ("Óscar Núñez Peña", ["7012-9087"]),
        ("Lucía Araya Céspedes", ["6045-3321", "2551-0099", "+506 8399 4410"]),
        ("Ferretería El Tornillo", [SharedNumber]),
        ("Carmen Brenes (Ferretería El Tornillo)", [SharedNumber, "8834-7712"]),
        ("Rafael Brenes (Ferretería El Tornillo)", [SharedNumber]),
        ("Ángela Villalobos Rojas", ["8456-0021"]),
        ("Íñigo Zúñiga Barquero", ["8901-5566"]),
        ("Panadería La Espiga", ["2447-8899", "800-325-7890"]),
        ("Esteban Alfaro Castro", ["7234-1188"]),
        ("Gabriela Montero Ulate", ["8567-3400"]),
        ("Hugo Ramírez Acuña", ["6123-7765"]),
        ("Clínica Dental Sonrisa", ["2290-4141"]),
        ("Daniela Hernández Mata", ["8345-9912"]),
        ("Mauricio Calderón Soto", ["7089-2234", "2771-3020"]),
        ("Valeria Guzmán Fallas", ["8678-4501"]),
        ("Jonathan Pérez Núñez", ["8234-1909"]),
        ("Adriana Cordero Salas", ["6334-8080"]),
        ("Taller Los Ángeles", ["2592-1717"]),
        ("Kattia Segura Monge", ["8190-2765"]),
        ("Randall Picado Leitón", ["7156-4321"]),
        ("Xinia Badilla Agüero", ["8822-0917"]),
        ("Roberto Jiménez Arias", ["8844-5566"]),
        ("Emily Carter", ["+1 305 555 0142"]),
        ("Beatriz Peñaranda Ruiz", ["+34 612 34 56 78"]),
    ];

    public static IEnumerable<string> SignIns => Agents.Select(agent => agent.SignInName);

    /// <summary>An example of a field of one's own, which nobody has to fill in.</summary>
    private static readonly WrapUpField Reason = new(
        "motivo",
        "Motivo",
        "Reason",
        WrapUpFieldKind.Choice,
        Required: false,
        ["No reconoce la deuda", "Disputa el monto", "No puede pagar", "Otro"],
        ["refused"]);

    // The first contacts, if a setting gives their number. A host for one test needs few.
    private (string Name, string[] Numbers)[] People =>
        [.. Contacts.Take(settings.GetValue(DemoDefaults.HowManyContacts, Contacts.Length))];

    /// <summary>A number of each contact who shares none with another.</summary>
    public IReadOnlyList<string> Numbers =>
        [.. People.Where(contact => !contact.Numbers.Contains(SharedNumber)).Select(contact => contact.Numbers[0])];

    /// <summary>The number of a known contact for a simulated call; another one each time.</summary>
    public string KnownNumber()
    {
        var numbers = Numbers;
        return numbers[Random.Shared.Next(numbers.Count)];
    }

    // As on identity cards: people's begin with the province, companies' with 3.
    private static string Document(int i) => i is 4 or 9 or 13 or 19
        ? $"3-101-{447_300 + (i * 17)}"
        : $"{1 + (i % 7)}-{400 + (i * 37):D4}-{100 + (i * 53):D4}";

    // Two of three owe something; some of it is overdue.
    private static Dictionary<string, string>? Fields(int i, DateTimeOffset now) => i % 3 == 2
        ? null
        : new(StringComparer.Ordinal)
        {
            [DemoDefaults.BalanceField] = ((i + 1) * 18_500m % 400_000m).ToString(System.Globalization.CultureInfo.InvariantCulture),
            [DemoDefaults.DueField] = now.AddDays((i % 5 * 7) - 10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        };

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        // Accounts are written last. If the start was interrupted before that, the next start repeats all.
        if (await accounts.FindAsync(Agents[^1].AgentId, cancellationToken) is not null)
        {
            return;
        }

        var staff = new List<Agent>();
        foreach (var agent in Agents)
        {
            staff.Add((await agents.PutAsync(agent, cancellationToken)).Agent!);
        }

        foreach (var mapping in Mappings)
        {
            await mappings.PutAsync(mapping, cancellationToken);
        }

        // So that the demo can be tried at any time of the day.
        await guard.PutRulesAsync(GuardRules.Open, cancellationToken);
        await wrapUpFields.PutAsync(new WrapUpFieldList([Reason], null), cancellationToken);
        var now = time.GetUtcNow();
        await Task.WhenAll(People.Select((contact, i) => contacts.CreateAsync(
            new Contact
            {
                ContactId = $"demo-{i + 1:D2}",
                Name = contact.Name,
                Numbers = contact.Numbers,
                Document = Document(i),
                Fields = Fields(i, now),
                CreatedAt = now,
                UpdatedAt = now
            },
            cancellationToken)));
        await Task.WhenAll(staff[..^1].Select(agent => accounts.SetPasswordAsync(agent, Password, cancellationToken)));
        await accounts.SetPasswordAsync(staff[^1], Password, cancellationToken);
    }
}
