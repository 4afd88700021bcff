using System.Net;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.ContactImports;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ContactImports;

/// <summary>Imports of contacts through the whole host. The tests share it: each has numbers of its own.</summary>
public abstract class ContactImportTests(DemoHost demo)
{
    private HttpClient Admin => demo.Admin;

    [SkippableFact]
    public async Task A_File_Of_A_Spreadsheet_Becomes_Contacts_That_Calls_And_Searches_Find()
    {
        const string file = """
            Nombre;Cédula;Teléfono;Correo;Sector
            Marielos Quirós Solano;1-0456-0789;8701-1001;marielos@example.com;norte
            "Soda ""La Unión""; sucursal 2";3-101-445566;2701-1002 / 8701-1002;;sur
            """;

        var import = await Admin.ImportAsync(file.ReplaceLineEndings("\r\n"), "file=clientes.csv&mapping=Sector:sector");

        import.Text("state").ShouldBe("done");
        import.Text("file").ShouldBe("clientes.csv");
        import.Counts().ShouldBe((2, 2, 0, 0, 0));
        var one = await Admin.ByPhoneAsync("8701-1001");
        (one.Text("name"), one.Text("document"), one.Text("email")).ShouldBe(
            ("Marielos Quirós Solano", "1-0456-0789", "marielos@example.com"));
        one.GetProperty("fields").Text("sector").ShouldBe("norte");
        var two = await Admin.ByPhoneAsync("27011002");
        two.Text("name").ShouldBe("Soda \"La Unión\"; sucursal 2");
        two.Numbers().ShouldBe(["2701-1002", "8701-1002"]);
        (await Admin.ItemsAsync("/api/contacts?query=marielos%20quiros")).ShouldHaveSingleItem();
        (await Admin.ItemsAsync("/api/contacts?query=3101445566")).ShouldHaveSingleItem();
        (await Admin.ItemsAsync("/api/contact-imports?take=500"))
            .ShouldContain(each => each.Text("importId") == import.Text("importId"));
        await demo.StartAsync("of-an-import", ("ani", "87011001"));
        (await demo.CallAsync("of-an-import")).Text("contactName").ShouldBe("Marielos Quirós Solano");
    }

    [SkippableTheory]
    [InlineData("utf-8", false, "utf-8")]
    [InlineData("utf-8", true, "utf-8")]
    [InlineData("utf-16", true, "utf-16le")]
    [InlineData("utf-16", false, "utf-16le")]
    [InlineData("utf-16BE", true, "utf-16be")]
    [InlineData("windows-1252", false, "windows-1252")]
    public async Task The_Encoding_Is_Told_By_The_Bytes(string encoding, bool hasMark, string name)
    {
        var of = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        byte[] mark = hasMark ? of.GetPreamble() : [];

        var preview = await Admin.PreviewAsync([.. mark, .. of.GetBytes("nombre\tteléfono\nÑandú Güell\t8701-2001\n")]);

        preview.Text("encoding").ShouldBe(name);
        preview.Text("separator").ShouldBe("\t");
        preview.GetProperty("rows").GetInt32().ShouldBe(1);
        var row = preview.GetProperty("sample").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("cells")[0].GetString().ShouldBe("Ñandú Güell");
        row.Text("outcome").ShouldBe("added");
        Columns(preview).ShouldBe(["nombre>name", "teléfono>phone"]);
    }

    [SkippableTheory]
    [InlineData("8888-777", "8888-777")]
    [InlineData("8888777", "8888777")]
    [InlineData("8701-3011 / 2222-333", "2222-333")]
    [InlineData("8701-3011", null)]
    [InlineData("1001", null)]
    [InlineData("", null)]
    public async Task A_Preview_Tells_Numbers_That_Are_Stored_And_Not_Understood(string phone, string? told)
    {
        var row = (await Admin.PreviewAsync($"name,phone\nFalta Cifra,{phone}"))
            .GetProperty("sample").EnumerateArray().ShouldHaveSingleItem();

        row.Text("outcome").ShouldBe("added");
        row.Text("note").ShouldBe(
            told is null ? null : $"Se guarda, pero no se entiende como teléfono y no se marca: {told}");
    }

    [SkippableFact]
    public async Task A_Preview_Shows_What_Would_Become_Of_The_First_Rows_And_Stores_Nothing()
    {
        await Admin.ImportAsync("name,phone\nVecino Conocido,8701-3001");
        var file = new StringBuilder("name,phone,zona,,\n");
        file.Append("Vecino Conocido,8701-3001,norte,,\n").Append("Nuevo,8701-3002,sur\n").Append("Sin número,veinte,\n");
        for (var i = 0; i < 60; i++)
        {
            file.Append("Otro,2").Append(7_013_000 + i).Append(",x\n");
        }

        file.Append("Otro,8701-3099,x,de,más,tres\n");
        var preview = await Admin.PreviewAsync(file.ToString());

        preview.GetProperty("rows").GetInt32().ShouldBe(64);
        Columns(preview).ShouldBe(["name>name", "phone>phone", "zona>"]);
        var sample = preview.GetProperty("sample").EnumerateArray().ToList();
        sample.Count.ShouldBe(50);
        sample.Take(3).Select(row => row.Text("outcome")).ShouldBe(["skipped", "added", "refused"]);
        var problems = preview.GetProperty("problems").EnumerateArray().ToList();
        problems.Select(problem => problem.GetProperty("row").GetInt32()).ShouldBe([4, 65]);
        problems[1].Text("reason").ShouldBe("La fila tiene 6 columnas y el archivo 3: sobran 3.");
        preview.GetProperty("fields").EnumerateArray().Select(field => field.Text("field")).ShouldContain("document");
        (await Admin.ItemsAsync("/api/contacts?phone=87013002")).ShouldBeEmpty();
        (await Admin.PreviewAsync("name,phone\na,87013005\nb,870", "part=true")).TryGetProperty("rows", out _)
            .ShouldBeFalse("a part of a file does not tell how many there are");
        var cut = Encoding.UTF8.GetBytes("nombre,teléfono\nAña,87013006\nÑ");
        (await Admin.PreviewAsync(cut[..^1], "part=true")).Text("encoding").ShouldBe("utf-8", "a part ends anywhere");
        (await Admin.PreviewAsync(cut[..^1])).Text("encoding").ShouldBe("windows-1252");
    }

    [SkippableFact]
    public async Task A_Header_Of_Long_Texts_Is_Cut()
    {
        var text = string.Concat(Enumerable.Repeat("ñ😀", 8_000));
        var head = string.Join(';', Enumerable.Range(0, 150).Select(i => $"{i} {text}").Prepend("nombre").Prepend("teléfono"));

        var import = await Admin.ImportAsync($"{head}\n8701-5001;Larga Mora\n");

        import.Counts().ShouldBe((1, 1, 0, 0, 0));
        import.GetProperty("columns").EnumerateArray().Max(column => column.Text("name")!.Length).ShouldBeInRange(99, 100);
    }

    [SkippableFact]
    public async Task A_Table_Without_A_Header_Is_Read_From_Its_First_Row()
    {
        var preview = await Admin.PreviewAsync("Rosa Mena\t8701-4001\nLeo Mena\t8701-4002", "mapping=1:name,2:phone");

        preview.GetProperty("hasHeader").GetBoolean().ShouldBeFalse();
        preview.GetProperty("rows").GetInt32().ShouldBe(2);
        Columns(preview).ShouldBe(["Columna 1>name", "Columna 2>phone"]);
    }

    [SkippableFact]
    public async Task A_Cell_That_Its_Field_Cannot_Hold_Refuses_The_Row()
    {
        const string file = """
            nombre,teléfono,Saldo,Vence
            Bien Mora,88012001,"₡1.500,50",3/11/2026
            Monto Mora,88012002,mil quinientos,
            Día Mora,88012003,,31/11/2026
            Vacía Mora,88012004,,
            """;

        var import = await Admin.ImportAsync(file);

        import.Counts().ShouldBe((4, 2, 0, 0, 2));
        var refused = await Admin.GetStringAsync($"/api/contact-imports/{import.Text("importId")}/refused");
        refused.ShouldContain("«Saldo» es un número");
        refused.ShouldContain("«Vence» es una fecha");
        var fields = (await Admin.ByPhoneAsync("8801-2001")).GetProperty("fields");
        (fields.Text("balance"), fields.Text("dueDate")).ShouldBe(("1500.50", "2026-11-03"));

        // A contact that is there takes no such value either, and keeps its own.
        var more = await Admin.ImportAsync(
            "nombre,teléfono,Saldo\nBien Mora,88012001,nada\nVacía Mora,88012004,7\n", "duplicates=replace");
        more.Counts().ShouldBe((2, 0, 1, 0, 1));
        (await Admin.ByPhoneAsync("8801-2001")).GetProperty("fields").Text("balance").ShouldBe("1500.50");
    }

    [SkippableFact]
    public async Task An_Amount_In_Another_Currency_Refuses_The_Row_And_Says_Both()
    {
        const string file = """
            nombre;teléfono;Saldo
            Colón Mora;8801-3001;CRC 15.557,50
            Centavo Mora;8801-3002;¢15.557,50
            Dólar Mora;8801-3003;$12.50
            """;

        (await Admin.PreviewAsync(file)).GetProperty("sample").EnumerateArray().Select(row => row.Text("outcome"))
            .ShouldBe(["added", "added", "refused"]);
        var latin = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252").ShouldNotBeNull();
        var import = await Admin.ImportAsync(latin.GetBytes(file));

        import.Counts().ShouldBe((3, 2, 0, 0, 1));
        (await RefusedAsync(import, "es")).ShouldContain("«Saldo» es un monto en CRC y la celda está en USD");
        (await RefusedAsync(import, "en")).ShouldContain("is an amount in CRC, and the cell is in USD");
        foreach (var phone in new[] { "8801-3001", "8801-3002" })
        {
            (await Admin.ByPhoneAsync(phone)).GetProperty("fields").Text("balance").ShouldBe("15557.50");
        }

        (await Admin.ImportAsync("nombre,teléfono,Saldo\nColón Mora,88013001,€5\n", "duplicates=replace")).Counts()
            .ShouldBe((1, 0, 0, 0, 1));
    }

    [SkippableFact]
    public async Task Damaged_Rows_Are_Refused_With_Their_Reason_And_The_Others_Go_On()
    {
        const string file = """
            nombre,teléfono,correo
            Entero,88011001.0,
            Exponente,8.8011002E7,
            Apóstrofo,'88011003,
            Perdido,"5,06889E+10",
            Palabras,llámele,
            Sobran,88011004,,a,b,c
            ,no tiene,
            Correo,88011005,nada
            Bien,88011006,

            Vacío,N/A,
            """;

        var import = await Admin.ImportAsync(file);

        import.Counts().ShouldBe((10, 5, 0, 0, 5));
        (await Admin.ByPhoneAsync("88011001")).Numbers().ShouldBe(["88011001"]);
        (await Admin.ByPhoneAsync("88011002")).Numbers().ShouldBe(["88011002"]);
        (await Admin.ByPhoneAsync("88011003")).Numbers().ShouldBe(["88011003"]);
        (await Admin.ByPhoneAsync("88011006")).Text("name").ShouldBe("Bien");
        var refused = await Admin.GetStringAsync($"/api/contact-imports/{import.Text("importId")}/refused");
        var lines = refused.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("fila,motivo,nombre,teléfono,correo");
        lines.Length.ShouldBe(6);
        lines[1].ShouldStartWith("5,teléfono: La hoja de cálculo escribió el número en forma científica");
        lines[1].ShouldEndWith(",Perdido,\"5,06889E+10\",");
        lines[2].ShouldStartWith("6,No es un número de teléfono");
        lines[3].ShouldBe("7,La fila tiene 6 columnas y el archivo 3: sobran 3.,Sobran,88011004,,a,b,c");
        lines[4].ShouldStartWith("8,Escriba el nombre o un teléfono.");
        lines[5].ShouldStartWith("9,\"No es una dirección de correo");

        // What is corrected there is imported again, without the two columns of ours.
        var again = await Admin.ImportAsync(refused.Replace("\"5,06889E+10\"", "88011007", StringComparison.Ordinal));
        again.Counts().ShouldBe((5, 1, 0, 0, 4));
        (await Admin.ByPhoneAsync("88011007")).Text("name").ShouldBe("Perdido");
    }

    [SkippableFact]
    public async Task By_Default_A_Contact_Who_Is_There_Stays_As_It_Is_And_So_Does_An_Earlier_Row()
    {
        await Admin.ImportAsync("nombre,teléfono,cédula\nPrimera Mora,8802-1001,2-0333-0111");

        var import = await Admin.ImportAsync(
            "nombre,teléfono,cédula\nOtra,+506 8802 1001,\nOtra más,8802-1002,0203330111\nNueva,88021003,\nNueva,8802 1003,");

        import.Counts().ShouldBe((4, 1, 0, 3, 0));
        (await Admin.ByPhoneAsync("88021001")).Text("name").ShouldBe("Primera Mora");
        (await Admin.ItemsAsync("/api/contacts?phone=88021002")).ShouldBeEmpty();
        (await Admin.ByPhoneAsync("88021003")).Text("name").ShouldBe("Nueva");
    }

    [SkippableFact]
    public async Task Two_People_With_One_Number_And_Different_Documents_Are_Two_Contacts()
    {
        var both = await Admin.ImportAsync(
            "nombre,teléfono,cédula\nMadre,8802-4001,1-0111-0222\nHija,8802-4001,1-0333-0444");
        both.Counts().ShouldBe((2, 2, 0, 0, 0));

        (await Admin.ImportAsync("nombre,teléfono,cédula\nHijo,8802-4001,1-0555-0666", "by=number")).Counts()
            .ShouldBe((1, 0, 0, 0, 1), "by the number alone it can be both");
        foreach (var duplicates in new[] { "skip", "merge", "replace" })
        {
            const string one = "nombre,teléfono\nAlguien,8802-4001\nMadre,8802-4001\n";
            (await Admin.PreviewAsync(one, $"duplicates={duplicates}")).GetProperty("sample").EnumerateArray()
                .Select(row => row.Text("outcome")).ShouldBe(["refused", "skipped"], duplicates);
            (await Admin.ImportAsync(one, $"duplicates={duplicates}")).Counts()
                .ShouldBe((2, 0, 0, 1, 1), $"nothing tells which of the two Alguien is: {duplicates}");
        }
    }

    [SkippableFact]
    public async Task A_Row_That_Only_Says_Whose_It_Is_Changes_That_Contact()
    {
        await Admin.ImportAsync("nombre,teléfono,cédula,Saldo\nSaldo Mora,8802-6001,1-0666-0111,100");
        var id = (await Admin.ByPhoneAsync("88026001")).Text("contactId");

        var byDocument = await Admin.ImportAsync(
            "cédula,Saldo\n106660111,200\n1-0666-0999,300", "duplicates=replace");

        byDocument.Counts().ShouldBe((2, 0, 1, 0, 1));
        (await RefusedAsync(byDocument, "es")).ShouldContain("3,Escriba el nombre o un teléfono.,1-0666-0999,300");
        var contact = await Admin.ByPhoneAsync("88026001");
        (contact.Text("name"), contact.GetProperty("fields").Text("balance")).ShouldBe(("Saldo Mora", "200"));
        (await Admin.ImportAsync($"código de contacto,Saldo\n{id},400", "duplicates=replace")).Counts()
            .ShouldBe((1, 0, 1, 0, 0));
        (await Admin.ByPhoneAsync("88026001")).GetProperty("fields").Text("balance").ShouldBe("400");
        (await Admin.ImportAsync("nombre,cédula,Saldo\n,106660111,500")).Counts().ShouldBe((1, 0, 0, 1, 0));
        foreach (var query in new[] { "", "duplicates=replace&by=number" })
        {
            var (status, problem) = await Admin.UploadAsync("cédula,Saldo\n106660111,600", query);
            (status, string.Join(',', problem.Errors())).ShouldBe((HttpStatusCode.BadRequest, "mapping"), query);
        }
    }

    [SkippableTheory]
    [InlineData("+507 223-4567", "00507 2234567")]
    [InlineData("+1 305 555 0101", "+13055550101")]
    public async Task A_Whole_Number_Of_Another_Country_Tells_Who_It_Is(string number, string again)
    {
        (await Admin.ImportAsync($"nombre,teléfono\nAjena Mora,{number}")).Counts().ShouldBe((1, 1, 0, 0, 0));

        (await Admin.ImportAsync($"nombre,teléfono\nAjena Mora,{again}\nAjena Mora,{number}")).Counts()
            .ShouldBe((2, 0, 0, 2, 0));
    }

    [SkippableFact]
    public async Task Of_Two_Contacts_With_The_Same_Name_And_Number_One_Is_There_Already()
    {
        await Admin.ImportAsync(
            "nombre,teléfono,cédula\nEco Mora,8802-5001,1-0111-0223\nEco Mora,8802-5001,1-0333-0445");

        (await Admin.ImportAsync("nombre,teléfono\nEco Mora,8802-5001")).Counts().ShouldBe((1, 0, 0, 1, 0));
        (await Admin.ImportAsync("nombre,teléfono\nEco Mora,8802-5001", "duplicates=merge")).Counts()
            .ShouldBe((1, 0, 0, 0, 1), "nothing tells which of the two is to be changed");
    }

    [SkippableFact]
    public async Task Merge_Fills_What_Is_Empty_And_Replace_Writes_Over_It()
    {
        await Admin.ImportAsync("nombre,teléfono\nTomás Arce,8803-1001");
        const string file = "nombre,teléfono,cédula,correo\nTomás Arce Vega,88031001/2203-1001,4-0111-0222,tomas@example.com";

        var merged = await Admin.ImportAsync(file, "duplicates=merge");
        merged.Counts().ShouldBe((1, 0, 1, 0, 0));
        var contact = await Admin.ByPhoneAsync("88031001");
        (contact.Text("name"), contact.Text("document"), contact.Text("email"))
            .ShouldBe(("Tomás Arce", "4-0111-0222", "tomas@example.com"));
        contact.Numbers().ShouldBe(["8803-1001", "2203-1001"]);
        (await Admin.ImportAsync(file, "duplicates=merge")).Counts().ShouldBe((1, 0, 0, 1, 0), "nothing is left to fill");

        var replaced = await Admin.ImportAsync(
            "nombre,cédula,correo\nTomás A. Vega,4-0111-0222,\nSin cédula,,otro@example.com", "duplicates=replace&by=document");
        replaced.Counts().ShouldBe((2, 1, 1, 0, 0));
        contact = await Admin.ByPhoneAsync("88031001");
        (contact.Text("name"), contact.Text("email")).ShouldBe(("Tomás A. Vega", "tomas@example.com"));

        (await Admin.UndoAsync(replaced.Text("importId")!)).GetProperty("undone").GetInt64().ShouldBe(2);
        (await Admin.ByPhoneAsync("88031001")).Text("name").ShouldBe("Tomás Arce");
        (await Admin.UndoAsync(merged.Text("importId")!)).GetProperty("undone").GetInt64().ShouldBe(1);
        contact = await Admin.ByPhoneAsync("88031001");
        (contact.Text("name"), contact.Text("document")).ShouldBe(("Tomás Arce", null));
        contact.Numbers().ShouldBe(["8803-1001"]);
        (await Admin.ItemsAsync("/api/contacts?phone=22031001")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task An_Undo_Removes_What_Was_Added_But_For_What_Somebody_Has_Changed_Since()
    {
        var import = await Admin.ImportAsync(
            "nombre,teléfono\nUndo Uno,8804-1001\nUndo Dos,8804-1002\nUndo Tres,8804-1003");
        var two = await Admin.ByPhoneAsync("88041002");
        (await demo.Ana.AskAsync(
            HttpMethod.Put, $"/api/contacts/{two.Text("contactId")}", new { name = "Undo Dos Mora", numbers = new[] { "8804-1002" } }))
            .Status.ShouldBe(HttpStatusCode.OK);
        var three = await Admin.ByPhoneAsync("88041003");
        (await demo.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{three.Text("contactId")}")).Status
            .ShouldBe(HttpStatusCode.NoContent);

        var undo = await Admin.UndoAsync(import.Text("importId")!);

        (undo.Text("state"), undo.GetProperty("undone").GetInt64(), undo.GetProperty("kept").GetInt64())
            .ShouldBe(("done", 2, 1));
        (await Admin.ItemsAsync("/api/contacts?phone=88041001")).ShouldBeEmpty();
        (await Admin.ItemsAsync("/api/contacts?query=undo%20uno")).ShouldBeEmpty();
        (await Admin.ByPhoneAsync("88041002")).Text("name").ShouldBe("Undo Dos Mora");
        var (status, problem) = await Admin.AskAsync(
            HttpMethod.Post, $"/api/contact-imports/{import.Text("importId")}/undo");
        (status, problem.Text("title")).ShouldBe((HttpStatusCode.Conflict, "Ya se deshizo"));
    }

    [SkippableFact]
    public async Task Contacts_Who_Were_Merged_Since_Stay_Merged_At_An_Undo()
    {
        var import = await Admin.ImportAsync("nombre,teléfono\nFusión Uno,8804-2001\nFusión Dos,8804-2002");
        var (keep, merge) = (
            (await Admin.ByPhoneAsync("88042001")).Text("contactId"), (await Admin.ByPhoneAsync("88042002")).Text("contactId"));
        var (status, merged) = await demo.Sofia.AskAsync(HttpMethod.Post, "/api/contact-merges", new { keep, merge });
        ((int)status).ShouldBeInRange(200, 299, merged.ToString());

        var undo = await Admin.UndoAsync(import.Text("importId")!);

        (undo.GetProperty("undone").GetInt64(), undo.GetProperty("kept").GetInt64()).ShouldBe((0, 2));
        (await Admin.ReadAsync($"/api/contacts/{merge}")).ShouldNotBeNull().Text("contactId").ShouldBe(keep);
        (await Admin.ByPhoneAsync("88042002")).Text("contactId").ShouldBe(keep);
        // Whoever imports the merged contact's row by its id means the one that was kept.
        var again = await Admin.ImportAsync(
            $"contact id,nombre,correo\n{merge},Otra,fusion@example.com", "duplicates=merge");
        again.Counts().ShouldBe((1, 0, 1, 0, 0));
        (await Admin.ByPhoneAsync("88042001")).Text("email").ShouldBe("fusion@example.com");
    }

    [SkippableFact]
    public async Task A_File_Of_Many_Slices_Is_Imported_Whole_And_Undone_Whole()
    {
        // So much text, in a column that is not taken, makes slices of about 130 rows.
        var text = new string('x', 1500);
        var file = new StringBuilder("nombre;cédula;teléfono;nada\n");
        for (var i = 0; i < 1200; i++)
        {
            file.Append("Persona ").Append(i).Append(";9-0").Append(100 + (i / 100)).Append("-0").Append(100 + (i % 100))
                .Append(";6").Append(7_000_000 + i).Append(';').Append(text).Append('\n');
            if (i == 650)
            {
                // A row of another slice, of those that are stored together, is one contact too.
                file.Append(";9-0101-0100;67008888;\n");
            }
        }

        // So are rows of slices of which the first are being stored while the others are decided.
        file.Append(";;67000999 / 67009999;\n").Append(";9-0101-0101;67007777;\n");
        var import = await Admin.ImportAsync(file.ToString(), "duplicates=merge");
        import.Counts().ShouldBe((1203, 1200, 3, 0, 0));
        (await Admin.ByPhoneAsync("67001199")).Text("name").ShouldBe("Persona 1199");
        (await Admin.ByPhoneAsync("67009999")).Text("name").ShouldBe("Persona 999");
        (await Admin.ByPhoneAsync("67008888")).Text("name").ShouldBe("Persona 100");
        (await Admin.ByPhoneAsync("67007777")).Text("name").ShouldBe("Persona 101");
        (await Admin.ImportAsync(file.ToString())).Counts().ShouldBe((1203, 0, 0, 1203, 0));

        (await Admin.UndoAsync(import.Text("importId")!)).GetProperty("undone").GetInt64().ShouldBe(1202);
        (await Admin.ItemsAsync("/api/contacts?query=persona")).ShouldBeEmpty();
        (await Admin.ItemsAsync("/api/contacts?phone=67000600")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Cancelled_Import_Has_Whole_Slices_And_Can_Be_Undone()
    {
        var file = new StringBuilder("nombre;teléfono\n");
        for (var i = 0; i < 2000; i++)
        {
            file.Append("Cancelado ").Append(i).Append(";6").Append(8_000_000 + i).Append('\n');
        }

        var (_, started) = await Admin.UploadAsync(file.ToString());
        var id = started.Text("importId")!;
        var (early, _) = await Admin.AskAsync(HttpMethod.Post, $"/api/contact-imports/{id}/undo");
        (await Admin.AskAsync(HttpMethod.Delete, $"/api/contact-imports/{id}")).Status.ShouldBe(HttpStatusCode.OK);

        early.ShouldBe(HttpStatusCode.Conflict, "it is not over");
        // A step that is under way ends by itself.
        await Eventually.TrueAsync(
            async () => await demo.Host.Get<JobStore>().GetAsync(ImportJob.Name, id, default) is { Holder: null },
            pause: TimeSpan.FromMilliseconds(100));
        var import = (await Admin.ReadAsync($"/api/contact-imports/{id}")).ShouldNotBeNull();
        (import.Text("state"), import.GetProperty("ending").GetBoolean()).ShouldBe(("cancelled", false));
        (import.Counts().Read % 500).ShouldBe(0);
        (await Admin.AllItemsAsync("/api/contacts?query=cancelado")).Count.ShouldBe((int)import.Counts().Added);
        if (import.Counts().Added > 0)
        {
            (await Admin.UndoAsync(id)).GetProperty("undone").GetInt64().ShouldBe(import.Counts().Added);
        }

        (await Admin.ItemsAsync("/api/contacts?query=cancelado")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task An_Undo_That_Failed_Is_Begun_Anew()
    {
        var id = (await Admin.ImportAsync("nombre;teléfono\nFallida Mora;67008101\n")).Text("importId")!;
        (await Admin.UndoAsync(id)).Text("state").ShouldBe("done");
        var (store, jobs) = (demo.Host.Get<ImportStore>(), demo.Host.Get<JobStore>());
        var failedId = (await store.GetUndoAsync(id, default)).ShouldNotBeNull();
        var failed = (await jobs.GetAsync(UndoJob.Name, failedId, default)).ShouldNotBeNull();
        await jobs.ReplaceAsync(failed with { State = JobState.Failed }, default);

        (await Admin.UndoAsync(id)).Text("state").ShouldBe("done");

        (await store.GetUndoAsync(id, default)).ShouldNotBe(failedId);
    }

    [SkippableFact]
    public async Task A_Code_That_Can_Be_No_Contact_s_Is_Nobody_s()
    {
        var import = await Admin.ImportAsync("código de contacto;nombre;teléfono\n#N/D;Clave Mora;67008201\n");

        (import.Text("state"), import.Counts().Added).ShouldBe(("done", 1));
    }

    [SkippableFact]
    public async Task A_Cancelled_Import_Says_Whether_Its_Last_Step_Goes_On()
    {
        var jobs = demo.Host.Get<JobStore>();
        var id = (await Admin.ImportAsync("nombre;teléfono\nTermina;67008001")).Text("importId")!;
        async Task<bool> EndingAsync(JobState state, DateTimeOffset? heldUntil)
        {
            var job = (await jobs.GetAsync(ImportJob.Name, id, default)).ShouldNotBeNull();
            await jobs.ReplaceAsync(job with { State = state, Holder = "run", HeldUntil = heldUntil }, default);
            return (await Admin.ReadAsync($"/api/contact-imports/{id}"))!.Value.GetProperty("ending").GetBoolean();
        }

        (await EndingAsync(JobState.Running, DateTimeOffset.UtcNow.AddSeconds(20))).ShouldBeFalse();
        (await EndingAsync(JobState.Cancelled, DateTimeOffset.UtcNow.AddSeconds(20))).ShouldBeTrue();
        (await EndingAsync(JobState.Cancelled, DateTimeOffset.UtcNow.AddSeconds(-1))).ShouldBeFalse("its process ended");
        (await EndingAsync(JobState.Cancelled, null)).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task An_Import_Its_Undo_And_An_Export_Are_Each_One_Entry_Of_The_Audit()
    {
        var import = await Admin.ImportAsync("nombre,teléfono\nUno,88091001\nDos,88091002\n", "file=auditada.csv");
        await Admin.UndoAsync(import.Text("importId")!);
        await demo.Sofia.GetStringAsync("/api/exports/contacts.csv");

        var entries = await Admin.ItemsAsync("/api/audit?take=500");
        var its = entries.Where(entry => entry.Text("id") == import.Text("importId")).ToList();
        its.Select(entry => entry.Text("what")).ShouldBe(["contacts.import-undone", "contacts.imported"]);
        its[1].GetProperty("after").Text("file").ShouldBe("auditada.csv");
        its[1].GetProperty("after").GetProperty("rows").GetInt32().ShouldBe(2);
        entries.ShouldContain(entry => entry.Text("what") == "export.contacts" && entry.Text("who") == "sofia");
        entries.ShouldNotContain(entry => entry.Text("what") == "contact.created" && entry.ToString().Contains("88091001"));
    }

    [SkippableTheory]
    [InlineData("PK\u0003\u0004 a workbook", "Es un libro de Excel u otro archivo comprimido. Ábralo y guárdelo como CSV (UTF-8).")]
    [InlineData("%PDF-1.7", "Es un PDF. Pida la tabla como hoja de cálculo y guárdela como CSV.")]
    [InlineData("\u0001\u0000\u0002\u0000\u0003", "No es un archivo de texto. Abra la tabla con la hoja de cálculo y guárdela como CSV.")]
    [InlineData("<html><table></table>", "Es una página web o XML. Ábralo con la hoja de cálculo y guárdelo como CSV.")]
    [InlineData("", "El archivo está vacío.")]
    [InlineData(" \r\n \r\n", "El archivo está vacío.")]
    [InlineData("nombre,teléfono\n", "El archivo no tiene ninguna fila con datos.")]
    public async Task What_Is_No_Table_Is_Refused_In_Plain_Words(string file, string words)
    {
        var (status, problem) = await Admin.UploadAsync(Encoding.UTF8.GetBytes(file));

        (status, problem.Text("detail")).ShouldBe((HttpStatusCode.BadRequest, words));
    }

    [SkippableFact]
    public async Task Quotes_That_Never_Close_Are_Told_With_Their_Row()
    {
        var file = "nombre,teléfono\nUno,88051001\n\"Dos,88051002\n" + new string('x', 40_000) + "\n";

        var (status, problem) = await Admin.UploadAsync(file);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Text("detail").ShouldBe("En la fila 3 se abren comillas que no se cierran. Corríjala y súbalo otra vez.");
    }

    [SkippableTheory]
    [InlineData("es", "fila,motivo,nombre,teléfono,field.Zona")]
    [InlineData("en", "row,reason,name,phone,field.Zona")]
    public async Task Refused_Rows_Of_A_File_Without_A_Header_Are_Imported_As_They_Are(string language, string header)
    {
        var number = language == "es" ? "67009001" : "67009002";
        var import = await Admin.ImportAsync(
            $"Bien,{number[..^1]}5,Sur\nRefusada {language},llámele,Norte\n", "mapping=1:name,2:phone,3:field.Zona");

        import.Counts().Refused.ShouldBe(1);
        var refused = await RefusedAsync(import, language);
        refused.ShouldStartWith(header + "\r\n");
        (await Admin.ImportAsync(refused.Replace("llámele", number, StringComparison.Ordinal))).Counts()
            .ShouldBe((1, 1, 0, 0, 0));
        var contact = await Admin.ByPhoneAsync(number);
        (contact.Text("name"), contact.GetProperty("fields").Text("Zona")).ShouldBe(($"Refusada {language}", "Norte"));
    }

    [SkippableFact]
    public async Task Refused_Rows_Of_Columns_That_Were_Chosen_By_Hand_Are_Imported_As_They_Are()
    {
        const string file = "Socio,Contacto 1,Teléfono,Deuda,Zona\nElena Rivas,llámele,67009011,1500,Este\n";

        var import = await Admin.ImportAsync(
            file, "mapping=Socio:name,Contacto 1:phone,Teléfono:-,Deuda:balance,Zona:-");

        import.Counts().Refused.ShouldBe(1);
        var refused = await RefusedAsync(import, "es");
        refused.ShouldStartWith("fila,motivo,nombre,teléfono,Teléfono (no se importa),Saldo,Zona\r\n");
        (await Admin.ImportAsync(refused.Replace("llámele", "67009012", StringComparison.Ordinal))).Counts()
            .ShouldBe((1, 1, 0, 0, 0));
        var contact = await Admin.ByPhoneAsync("67009012");
        (contact.Text("name"), contact.GetProperty("fields").Text("balance")).ShouldBe(("Elena Rivas", "1500"));
        contact.Numbers().ShouldBe(["67009012"]);
    }

    private async Task<string> RefusedAsync(JsonElement import, string language)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/contact-imports/{import.Text("importId")}/refused");
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await Admin.SendAsync(request);
        return (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF');
    }

    [SkippableFact]
    public async Task A_Title_That_Is_A_Number_Is_No_Other_Column()
    {
        const string file = "Nombre;Telefono;1;2;3\nMora;67009021;a;b;c\n";

        var preview = await Admin.PreviewAsync(file, "mapping=1:name,2:phone,3:-,4:field.dos,5:-");

        preview.GetProperty("columns").EnumerateArray().Select(column => column.Text("field"))
            .ShouldBe(["name", "phone", null, "dos", null]);
        // Alone, a number is the column with that title first.
        (await Admin.PreviewAsync(file, "mapping=1:field.uno")).GetProperty("columns").EnumerateArray()
            .Select(column => column.Text("field")).ShouldBe(["name", "phone", "uno", null, null]);
    }

    [SkippableFact]
    public async Task A_Column_Fills_A_Field_With_The_Longest_Key()
    {
        var key = new string('k', 64);
        const string file = "nombre,teléfono,otro\nLargo,67009031,x\n";

        var (status, problem) = await Admin.UploadAsync(file, $"mapping=3:field.{key}k");
        await Admin.ImportAsync(file, $"mapping=3:field.{key}");

        (status, string.Join(',', problem.Errors())).ShouldBe((HttpStatusCode.BadRequest, "mapping"));
        (await Admin.ByPhoneAsync("67009031")).GetProperty("fields").Text(key).ShouldBe("x");
    }

    [SkippableFact]
    public async Task Quotes_That_Never_Close_Lose_No_Row_Of_A_Short_File()
    {
        const string file = "nombre,teléfono\nUno,88051001\n\"Dos,88051002\nTres,88051003\n";
        const string words = "En la fila 3 se abren comillas que no se cierran. Corríjala y súbalo otra vez.";
        foreach (var query in new[] { "", "preview=true", "part=true" })
        {
            var (status, problem) = await Admin.UploadAsync(file, query);

            (status, problem.Text("detail")).ShouldBe((HttpStatusCode.BadRequest, words), query);
        }

        (await Admin.ItemsAsync("/api/contacts?phone=88051001")).ShouldBeEmpty();
        // What is sent of a large file may end within quotes.
        (await Admin.PreviewAsync(file, "part=true")).GetProperty("sample").GetArrayLength().ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData("duplicates=perhaps", "duplicates")]
    [InlineData("by=name", "by")]
    [InlineData("preview=yes", "preview")]
    [InlineData("mapping=Nada:name", "mapping")]
    [InlineData("mapping=nombre", "mapping")]
    [InlineData("mapping=nombre:-,teléfono:-", "mapping")]
    [InlineData("mapping=nombre:document,teléfono:document", "mapping")]
    public async Task A_Query_That_Means_Nothing_Is_400(string query, string field)
    {
        var (status, problem) = await Admin.UploadAsync("nombre,teléfono\nUno,88061001\n", query);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe([field]);
        (await Admin.ItemsAsync("/api/contacts?phone=88061001")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_Is_Too_Large_Or_A_Form_Is_Refused()
    {
        var (status, problem) = await Admin.UploadAsync(new byte[(32 * 1024 * 1024) + 1]);
        (status, problem.Text("title")).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "Archivo demasiado grande"));

        (await Admin.UploadAsync(Encoding.UTF8.GetBytes("a"), type: "multipart/form-data; boundary=x")).Status
            .ShouldBe(HttpStatusCode.UnsupportedMediaType);
        foreach (var path in new[] { "", "/refused" })
        {
            (await Admin.AskAsync(HttpMethod.Get, $"/api/contact-imports/nothing{path}")).Status
                .ShouldBe(HttpStatusCode.NotFound);
        }

        (await Admin.AskAsync(HttpMethod.Post, "/api/contact-imports/nothing/undo")).Status
            .ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task What_Is_Exported_Is_Imported_Again_Unchanged()
    {
        await Admin.ImportAsync(
            "nombre,teléfono,cédula,nota\n=1+1,+506 8807 1001,1-0888-0999,-5\n\"Sólo \"\"nombre\"\"\",,,\"a\nb\"",
            "mapping=nota:nota");
        // One field with two numbers, and no document: only the id tells who it is.
        (await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { contactId = "dos-numeros", name = "Dos", numbers = new[] { "8807-1002 / 8807-1003" } }))
            .Status.ShouldBe(HttpStatusCode.Created);
        (await demo.Ana.AskAsync(
            HttpMethod.Post,
            "/api/contacts",
            new { name = "Soto;=1+1;x", numbers = new[] { "8807-1008" }, fields = new { otherField = "a;=1;b" } }))
            .Status.ShouldBe(HttpStatusCode.Created);
        foreach (var (phone, balance) in new[]
        {
            ("8807-1004", "12.345"), ("8807-1005", "0.125"), ("8807-1006", "1500.0000"), ("8807-1007", "-7.123456"),
            ("8807-1009", "007"), ("8807-1010", "012.345"),
        })
        {
            var contact = new { name = "Saldo", numbers = new[] { phone }, fields = new { balance } };
            (await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", contact))
                .Status.ShouldBe(HttpStatusCode.Created);
        }

        var before = await ContactsAsync();

        var csv = await demo.Sofia.GetByteArrayAsync("/api/exports/contacts.csv");
        var text = Encoding.UTF8.GetString(csv);
        text.ShouldStartWith("\uFEFFcódigo de contacto,nombre,teléfonos,cédula,correo,");
        text.ShouldContain(",'=1+1,'+506 8807 1001,1-0888-0999,,");
        text.ShouldContain(",Soto;'=1+1;x,");
        var again = await Admin.ImportAsync(csv, "duplicates=replace");

        again.Counts().ShouldBe((before.Count, 0, 0, before.Count, 0));
        (await ContactsAsync()).ShouldBe(before);
        var withSemicolons = await demo.Sofia.GetByteArrayAsync("/api/exports/contacts.csv?separator=semicolon");
        Encoding.UTF8.GetString(withSemicolons).ShouldContain(";'-7,123456;");
        (await Admin.ImportAsync(withSemicolons, "duplicates=replace")).Counts().ShouldBe((before.Count, 0, 0, before.Count, 0));
        (await ContactsAsync()).ShouldBe(before);
        using var english = new HttpRequestMessage(HttpMethod.Get, "/api/exports/contacts.csv");
        english.Headers.Add("Accept-Language", "en");
        using var answer = await demo.Sofia.SendAsync(english);
        answer.Content.Headers.ContentDisposition!.FileName!.ShouldContain("contacts-20");
        (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').ShouldStartWith("contact id,name,phones,document,email,");
    }

    private async Task<IReadOnlyList<string>> ContactsAsync() =>
        [.. (await Admin.AllItemsAsync("/api/contacts")).Select(contact => contact.ToString()).Order(StringComparer.Ordinal)];

    private static string[] Columns(JsonElement preview) =>
    [
        .. preview.GetProperty("columns").EnumerateArray().Select(
            column => $"{column.Text("name")}>{column.Text("field")}"),
    ];
}

public sealed class ContactImportTestsOnSqlite(DemoHost demo) : ContactImportTests(demo), IClassFixture<DemoHost>;

public sealed class ContactImportTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : ContactImportTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
